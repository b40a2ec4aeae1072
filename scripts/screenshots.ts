/**
 * Pictures of every page and state in both themes and two widths, to be looked at, from an app that `npm start` serves.
 * With `--readme` it also takes those that the README shows.
 * Usage: tsx scripts/screenshots.ts [url] [--readme]
 */
import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Page } from 'playwright';
import { contributeWords } from '../messages/en/contribute.ts';
import { shellWords } from '../messages/en/shell.ts';
import { withAnotherAnswer } from '../e2e/fixtures/changed-link.ts';
import { Visitor } from '../e2e/actors/visitor.ts';
import { ensureChromium } from './find-chromium.ts';

const FOLDER = '.prooftab/screenshots';
const PICTURES = 'docs/pictures';
const PATIENCE = 180_000;
const SIZES = { wide: { width: 1280, height: 800 }, narrow: { width: 360, height: 800 } } as const;
const README = { 'try-sealed': 'try.png', 'try-broken': 'broken.png', 'contribute-paid': 'contribute.png' } as const;

const [url = 'http://localhost:4242/'] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const found = ensureChromium();
if (!found.ok) throw new Error(found.failure.advice);
const browser = await chromium.launch({
  executablePath: found.value,
  args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'],
});
try {
  await mkdir(FOLDER, { recursive: true });
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
      const take = async (page: Page, state: string) => {
        const file = path.join(FOLDER, `${state}--${size}-${colorScheme}.png`);
        await page.screenshot({ path: file, fullPage: true });
        console.log(file);
      };
      await firstMinute(await Visitor.arrives(context, url), take);
      await everyPage(await context.newPage(), take);
      await context.close();
    }
  }
  if (process.argv.includes('--readme'))
    for (const [state, picture] of Object.entries(README))
      await copyFile(path.join(FOLDER, `${state}--wide-light.png`), path.join(PICTURES, picture));
} finally {
  await browser.close();
}

type Take = (page: Page, state: string) => Promise<void>;

async function firstMinute(visitor: Visitor, take: Take): Promise<void> {
  const { page } = visitor;
  await visitor.answer();
  await take(page, 'try-answered');
  await visitor.beginsToProve();
  await take(page, 'try-proving');
  await page.getByTestId('demonstration').waitFor();
  await take(page, 'try-sealed');
  const link = await visitor.link();
  await visitor.changes('answer');
  await take(page, 'try-broken');
  await visitor.opens(link);
  await take(page, 'verify-forgeable');
  await visitor.opens(withAnotherAnswer(link));
  await take(page, 'verify-broken');
  await page.goto('about:blank');
  await page.goto(new URL('#/verify/AAAA', url).href);
  await page.getByTestId('not-a-receipt').waitFor();
  await take(page, 'verify-refused');
}

async function everyPage(page: Page, take: Take): Promise<void> {
  for (const place of Object.keys(shellWords.nav)) {
    await page.goto(new URL(`#/${place}`, url).href);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await take(page, `${place}-rest`);
  }
  await page.goto(new URL('#/contribute', url).href);
  await page.getByRole('button', { name: contributeWords.action, exact: true }).click();
  await page.locator('[data-step="prove"][data-state="now"]').waitFor({ timeout: PATIENCE });
  await take(page, 'contribute-running');
  await page.getByTestId('payment').first().waitFor({ timeout: PATIENCE });
  await take(page, 'contribute-paid');
  await page.getByRole('button', { name: shellWords.meter.stop, exact: true }).first().click();
  await page.goto(new URL('#/history', url).href);
  await page.getByTestId('kept-receipt').first().waitFor();
  await take(page, 'history');
}
