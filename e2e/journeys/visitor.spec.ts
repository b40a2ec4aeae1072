/** The first minute: a visitor's own drawing is read, proven, broken and passed on, and nothing of it leaves the tab. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright';
import decodeQR from 'qr/decode.js';
import { MAX_CODE_BYTES, receiptInLink } from '../../src/app/receipt-link.ts';
import { tryWords } from '../../messages/en/try.ts';
import { withAnotherAnswer } from '../fixtures/changed-link.ts';
import { verifyWords } from '../../messages/en/verify.ts';
import { filmOf } from '../fixtures/camera.ts';
import { startChromium } from '../fixtures/chromium.ts';
import { Visitor } from '../actors/visitor.ts';
import { expect, test } from '../fixtures/journey.ts';
import { PrivateBytes } from '../fixtures/private-bytes.ts';

const SEVEN = [
  [30, 32],
  [50, 29],
  [68, 31],
  [58, 50],
  [47, 78],
] as const;
/** A scribble whose greys differ from pixel to pixel, so that any piece of it would be known again. */
const CANARY = [
  [20, 30],
  [45, 74],
  [50, 22],
  [71, 70],
  [38, 51],
  [78, 43],
  [27, 66],
  [62, 28],
] as const;

test('draws, proves, breaks it in three ways, and gets told each time which check failed', async ({ visitor }) => {
  await visitor.draws(SEVEN);
  expect(await visitor.answer()).toBe(7);
  await visitor.proves();
  const all = ['drawing', 'model', 'answer', 'proof', 'made-for'];
  expect(await visitor.checks()).toEqual(all.map((part) => `${part} holds`));
  for (const [change, broken] of [
    ['pixel', 0],
    ['answer', 2],
    ['proof', 3],
  ] as const) {
    await visitor.changes(change);
    const states = all.map((part, i) => `${part} ${i < broken ? 'holds' : i === broken ? 'broken' : 'unknown'}`);
    expect(await visitor.checks()).toEqual(states);
    await expect(visitor.page.getByRole('heading', { level: 1 })).toHaveText(tryWords.brokenTitle);
    await visitor.putsItBack();
  }
});

test('passes the receipt on by link and by code, and another device checks it offline', async ({ visitor, chromium, network }) => {
  await visitor.proves();
  const link = await visitor.link();
  expect(link.length).toBeLessThanOrEqual(MAX_CODE_BYTES);
  expect(decodeQR(await visitor.photographsTheCode())).toBe(link);

  const context = await chromium.newContext();
  const friend = await Visitor.arrives(context, network.url);
  await friend.isInstalled();
  // The first check brings the verifier, which is then kept.
  expect(await friend.opens(link)).toBe('forgeable');
  await context.setOffline(true);
  await friend.page.reload();
  expect(await friend.opens(link)).toBe('forgeable');
  expect(await friend.checks()).toContain('answer holds');
  expect(await friend.opens(withAnotherAnswer(link))).toBe('broken');
  expect(await friend.checks()).toContain('answer broken');
  await context.close();
});

test('sends nothing of the drawing, in no encoding', async ({ visitor }) => {
  const sent = await visitor.isListenedTo();
  await visitor.draws(CANARY);
  await visitor.answer();
  const pixels = await visitor.pixels();
  await visitor.proves();
  await visitor.changes('pixel');
  const canary = new PrivateBytes([pixels]);
  const inText = new TextEncoder().encode(JSON.stringify({ image: Buffer.from(pixels).toString('base64') }));
  expect(canary.countIn([pixels])).toBeGreaterThan(50);
  expect(canary.countIn([inText])).toBeGreaterThan(50);
  expect(sent.all().length).toBeGreaterThan(0);
  expect(canary.countIn(sent.all())).toBe(0);
  // The receipt is in the page's address by choice of its holder alone, and holds none of it either.
  const carried = receiptInLink(await linkAfterPuttingBack(visitor));
  expect(carried.ok && canary.countIn([carried.value])).toBe(0);
  expect(await visitor.privateBytes()).toBe('0');
});

async function linkAfterPuttingBack(visitor: Visitor): Promise<string> {
  await visitor.putsItBack();
  return visitor.link();
}

test('asks no other origin for anything', async ({ visitor, network }) => {
  const asked: string[] = [];
  visitor.page.on('request', (request) => asked.push(request.url()));
  await visitor.page.reload();
  await visitor.proves();
  await visitor.goesTo('verify');
  const foreign = asked.filter((url) => !url.startsWith('data:') && !['localhost', '127.0.0.1'].includes(new URL(url).hostname));
  expect(foreign).toEqual([]);
  expect(asked.length).toBeGreaterThan(5);
  expect(new URL(network.url).hostname).toBe('localhost');
});

test('stops at any moment, with the drawing kept', async ({ visitor }) => {
  await visitor.draws(SEVEN);
  await visitor.answer();
  await visitor.beginsToProve();
  await visitor.stops();
  await expect(visitor.page.getByText(tryWords.stoppedLede)).toBeVisible();
  expect(await visitor.answer()).toBe(7);
  await visitor.proves();
});

for (const [file, extension] of [
  ['model', 'onnx'],
  ['key', 'zkey'],
] as const) {
  test(`a ${file} that arrives altered is refused before it is used, and says so`, async ({ chromium, network }) => {
    const context = await chromium.newContext();
    const altered = async (page: Page) => {
      await page.route(new RegExp(`\\.${extension}$`), async (route) => {
        const response = await route.fetch();
        const body = await response.body();
        body[body.length - 100] ^= 1;
        await route.fulfill({ response, body });
      });
    };
    const visitor = await Visitor.arrives(context, network.url, altered);
    if (file === 'key') await visitor.page.getByRole('button', { name: tryWords.prove, exact: true }).click();
    const refusal = visitor.page.getByTestId('try-failure');
    await expect(refusal).toContainText('A file was refused');
    await expect(refusal).toContainText('It arrived altered');
    await visitor.page.unrouteAll();
    await visitor.proves();
    await context.close();
  });
}

test('goes the whole way by keyboard alone', async ({ visitor }) => {
  await visitor.answer();
  const { keyboard } = visitor.page;
  const tabTo = async (name: string) => {
    for (let presses = 0; presses < 60; presses++) {
      await keyboard.press('Tab');
      const focused = await visitor.page.evaluate(() => document.activeElement?.textContent?.trim());
      if (focused === name) return;
    }
    throw new Error(`the keyboard does not reach ${name}`);
  };
  await tabTo(tryWords.another);
  await keyboard.press('Enter');
  expect(await visitor.answer()).toBe(2);
  await tabTo(tryWords.prove);
  await keyboard.press('Enter');
  await expect(visitor.page.getByTestId('demonstration')).toBeVisible();
  await tabTo(tryWords.changes.answer);
  await keyboard.press('Enter');
  await expect(visitor.page.locator('[data-part="answer"][data-state="broken"]')).toBeVisible();
  await tabTo(tryWords.putBack);
  await keyboard.press('Enter');
  await tabTo(tryWords.openLink);
  await keyboard.press('Enter');
  await expect(visitor.page.getByTestId('verdict')).toHaveAttribute('data-verdict', 'forgeable');
});

test('lends the tab for a minute, is paid, and is let go', async ({ chromium, network }) => {
  const context = await chromium.newContext();
  const visitor = await Visitor.arrives(context, network.url, (page) => page.clock.install());
  await visitor.proves();
  await visitor.lends();
  await visitor.goesTo('contribute');
  await visitor.page.getByTestId('payment').first().waitFor();
  await visitor.page.clock.fastForward(60_000);
  await visitor.page.locator('[data-testid="contribute-state"][data-working="false"]').waitFor();
  await context.close();
});

test('reads the code off another screen with the camera', async ({ visitor, network }, { outputDir }) => {
  await visitor.proves();
  await mkdir(outputDir, { recursive: true });
  const film = path.join(outputDir, 'code.y4m');
  await filmOf(await visitor.photographsTheCode(), film);
  const camera = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`];
  const phone = await startChromium(camera);
  const friend = await Visitor.arrives(await phone.newContext(), `${network.url}#/verify`);
  await friend.page.getByRole('button', { name: verifyWords.scan, exact: true }).click();
  await expect(friend.page.getByTestId('verdict')).toHaveAttribute('data-verdict', 'forgeable');
  expect(await friend.checks()).toContain('proof holds');
  await phone.close();
});
