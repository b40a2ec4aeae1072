/** What a visitor fetches before anything works: budgets for the page, for an answer, and for each worker, in gzip. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { APP_FOLDER } from '../../devnet/app-build.ts';
import { ScriptSizes } from '../../scripts/script-sizes.ts';
import { expect, test } from '../fixtures/journey.ts';

const KB = 1_000;
const sizes = () => new ScriptSizes(APP_FOLDER, readdirSync(path.join(APP_FOLDER, 'assets')));

test('the page and a first answer take at most 120 KB of script together', () => {
  const built = sizes();
  const answer = built.gzip(built.entry, built.named('compose-demonstration'), built.named('reader'));
  console.log(`the page ${(built.gzip(built.entry) / KB).toFixed(1)} KB, with an answer ${(answer / KB).toFixed(1)} KB`);
  expect(answer).toBeLessThanOrEqual(120 * KB);
});

for (const [name, budget] of [
  ['reader', 20],
  ['kernel', 15],
  ['proof', 75],
  ['inference', 35],
  ['compose', 240],
  ['tab-network', 390],
  ['checker', 180],
  ['qr', 10],
] as const) {
  test(`${name} takes at most ${budget} KB`, () => {
    const built = sizes();
    const taken = built.gzip(built.named(name));
    console.log(`${name} ${(taken / KB).toFixed(1)} KB`);
    expect(taken).toBeLessThanOrEqual(budget * KB);
  });
}

test('an answer comes before anything of the network is asked for', async ({ chromium, network }) => {
  const context = await chromium.newContext();
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(network.url);
  await expect(page.getByTestId('answer')).toHaveText('7');
  expect(asked.filter((file) => /assets\/(compose|domain|tab-network|checker|proof|inference)-[\w-]{8}\.js$|deployment/.test(file))).toEqual([]);
  await context.close();
});
