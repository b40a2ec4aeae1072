/**
 * Takes the README's picture of the running app: a real unit on the network that `npm start` brought up, at its second payment.
 * Usage: tsx scripts/screenshots.ts [url]
 */
import { mkdir } from 'node:fs/promises';
import { chromium, type Page } from 'playwright';
import { contributeWords } from '../messages/en/contribute.ts';
import { ensureChromium } from './find-chromium.ts';

const PICTURE = 'docs/pictures/contribute.png';
const PATIENCE = 180_000;

const url = process.argv[2] ?? 'http://localhost:8080/';
const found = ensureChromium();
if (!found.ok) throw new Error(found.failure.advice);
const browser = await chromium.launch({
  executablePath: found.value,
  args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: 'light', reducedMotion: 'reduce' });
  await page.goto(url);
  await page.getByRole('button', { name: contributeWords.action, exact: true }).click();
  await isPaid(page, 1);
  await page.locator('[data-step="prove"][data-state="now"]').waitFor({ timeout: PATIENCE });
  await isPaid(page, 2);
  await mkdir('docs/pictures', { recursive: true });
  await page.screenshot({ path: PICTURE, clip: { x: 0, y: 0, width: 1280, height: 1290 }, fullPage: true });
  console.log(PICTURE);
} finally {
  await browser.close();
}

async function isPaid(page: Page, times: number): Promise<void> {
  await page
    .getByTestId('payment')
    .nth(times - 1)
    .waitFor({ timeout: PATIENCE });
}
