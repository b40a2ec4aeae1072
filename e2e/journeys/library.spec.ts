/** The prover in somebody else's page: snarkjs's calls, under a policy that forbids `blob:` workers and asks for trusted types. */
import { expect, test as base } from '@playwright/test';
import type { Browser, Page } from 'playwright';
import { groth16 } from 'snarkjs';
import { startChromium } from '../fixtures/chromium.ts';
import { libraryCircuit } from '../fixtures/library-circuit.ts';
import { serveLibrary, type LibraryServer } from '../fixtures/library-server.ts';

const test = base.extend<{ readonly page: Page }, { readonly chromium: Browser }>({
  chromium: [
    async ({ headless: _ }, use) => {
      const browser = await startChromium();
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
  page: async ({ chromium }, use) => {
    const page = await chromium.newPage();
    await use(page);
    await page.close();
  },
});

let server: LibraryServer;
let key: object;

test.beforeAll(async () => {
  const circuit = await libraryCircuit();
  ({ key } = circuit);
  server = await serveLibrary(circuit.files);
});
test.afterAll(() => server.close());

test('proves on all threads in an isolated page, from a URL, from bytes and from a key that stays open', async ({ page }) => {
  const refused: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('favicon')) refused.push(message.text());
  });
  await page.goto(server.isolated);
  const { proofs, stages, cores } = await page.evaluate(() => window.useEveryWay());
  expect([stages.at(0), stages.at(-1)]).toEqual(['key', 'check']);
  expect(proofs.map(({ metadata }) => [metadata.kernel, metadata.threads, metadata.sharesMemory])).toEqual([
    ['fused', cores, true],
    ['fused', cores, true],
    ['fused', 1, true],
    ['fused', 1, true],
    ['integer', cores, true],
  ]);
  for (const { proof, publicSignals } of proofs) expect(await groth16.verify(key, publicSignals, proof)).toBe(true);
  expect(refused).toEqual([]);
});

test('proves on one thread in a page that is not isolated, with either arithmetic, and says so', async ({ page }) => {
  await page.goto(server.plain);
  const { proofs } = await page.evaluate(() => window.useEveryWay());
  expect(proofs.map(({ metadata }) => [metadata.kernel, metadata.threads, metadata.sharesMemory])).toEqual([
    ...Array.from({ length: 4 }, () => ['fused', 1, false]),
    ['integer', 1, false],
  ]);
  for (const { proof, publicSignals } of proofs) expect(await groth16.verify(key, publicSignals, proof)).toBe(true);
});

test('stops when it is told to, says what is wrong with a file, and goes on proving', async ({ page }) => {
  await page.goto(server.isolated);
  const said = await page.evaluate(() => window.misuse());
  expect(said.reasons[0]).toBe('Error: enough');
  expect(said.reasons[1]).toContain('Groth16Error: This is no proving key');
  expect(said.reasons[2]).toContain('Groth16Error: This is no witness');
  expect(said.reasons[3]).toContain('nowhere.zkey answered 404');
  expect(said.protocol).toBe('groth16');
});
