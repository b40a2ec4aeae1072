/** The first minute in Firefox: draw, prove with the app's own proof worker, break it, and check the receipt on another page. */
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ensureApp } from '../../devnet/app-build.ts';
import { tryWords } from '../../messages/en/try.ts';
import { openFirefox } from '../fixtures/firefox.ts';
import { startPlainHost } from '../fixtures/plain-host.ts';

let firefox: Browser;
let host: Awaited<ReturnType<typeof startPlainHost>>;

beforeAll(async () => {
  await ensureApp((line) => console.error(line));
  host = await startPlainHost();
  firefox = await openFirefox();
});
afterAll(async () => {
  await firefox.close();
  await host.stop();
});

const press = (page: Page, name: string) => page.locator(`::-p-aria([name="${name}"][role="button"])`).click();
const attributes = (page: Page, selector: string, names: readonly string[]) =>
  page.$$eval(selector, (found, wanted) => found.map((element) => wanted.map((name) => element.getAttribute(name)).join(' ')), names);

it('draws, proves on all threads, breaks it, and has the receipt checked', async () => {
  const page = await firefox.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  await page.goto(host.url);
  // The host sends no headers: the service worker isolates the page, and loads it once more.
  await page.waitForFunction(() => crossOriginIsolated);
  await page.waitForFunction(() => /^\d$/.test(document.querySelector('[data-testid="answer"]')?.textContent ?? ''));

  await press(page, tryWords.clear);
  const pad = await page.waitForSelector('[data-testid="drawing"]');
  await pad?.scrollIntoView();
  const box = await pad?.boundingBox();
  if (!box) throw new Error('there is no pad');
  const at = (x: number, y: number) => [box.x + (x / 100) * box.width, box.y + (y / 100) * box.height] as const;
  await page.mouse.move(...at(52, 24));
  await page.mouse.down();
  await page.mouse.move(...at(49, 76), { steps: 12 });
  await page.mouse.up();
  await page.waitForFunction(() => document.querySelector('[data-testid="answer"]')?.textContent === '1');

  await press(page, tryWords.prove);
  await page.waitForSelector('[data-testid="demonstration"][data-holds="true"]', { timeout: 60_000 });
  expect(await attributes(page, '[data-part]', ['data-part', 'data-state'])).toEqual(
    ['drawing', 'model', 'answer', 'proof', 'made-for'].map((part) => `${part} holds`),
  );
  const [link] = await attributes(page, '[data-testid="receipt-link"]', ['href']);

  await press(page, tryWords.changes.answer);
  await page.waitForSelector('[data-part="answer"][data-state="broken"]');

  const other = await firefox.newPage();
  await other.goto(link);
  await other.waitForSelector('[data-testid="verdict"][data-verdict="forgeable"]', { timeout: 60_000 });
});
