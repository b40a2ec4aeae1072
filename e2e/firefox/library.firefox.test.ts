/** The prover in somebody else's page, in Firefox. */
import { availableParallelism } from 'node:os';
import type { Browser } from 'puppeteer-core';
import { groth16 } from 'snarkjs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openFirefox } from '../fixtures/firefox.ts';
import { libraryCircuit } from '../fixtures/library-circuit.ts';
import { serveLibrary, type LibraryServer } from '../fixtures/library-server.ts';
// The page's calls, on its window.
import type {} from '../fixtures/library/page.ts';

let server: LibraryServer;
let firefox: Browser;
let key: object;

beforeAll(async () => {
  const circuit = await libraryCircuit();
  ({ key } = circuit);
  server = await serveLibrary(circuit.files);
  firefox = await openFirefox();
});
afterAll(async () => {
  await firefox.close();
  server.close();
});

it.each([
  ['on all threads in an isolated page', true],
  ['on one thread in a page that is not isolated', false],
])('proves %s, stops, and says what is wrong with a file', async (_, isolated) => {
  const page = await firefox.newPage();
  await page.goto(isolated ? server.isolated : server.plain);
  const uses = await page.evaluate(() => window.useEveryWay());
  const misuses = await page.evaluate(() => window.misuse());
  expect(uses).toMatchObject({ isolated, cores: availableParallelism() });
  const all = isolated ? uses.cores : 1;
  expect(uses.proofs.map(({ metadata }) => [metadata.threads, metadata.sharesMemory])).toEqual(
    [all, all, 1, 1, all].map((threads) => [threads, isolated]),
  );
  console.log(`Firefox proves with the ${uses.proofs[0].metadata.kernel} kernel`);
  expect(uses.proofs.at(-1)?.metadata.kernel).toBe('integer');
  for (const { proof, publicSignals } of uses.proofs) expect(await groth16.verify(key, publicSignals, proof)).toBe(true);
  expect(misuses.reasons[0]).toBe('Error: enough');
  expect(misuses.reasons[1]).toContain('Groth16Error: This is no proving key');
  expect(misuses.reasons[2]).toContain('Groth16Error: This is no witness');
  expect(misuses.reasons[3]).toContain('nowhere.zkey answered 404');
  expect(misuses.protocol).toBe('groth16');
  await page.close();
});
