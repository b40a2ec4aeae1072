/** The prover in somebody else's page: snarkjs's calls, under a policy that forbids `blob:` workers and asks for trusted types. */
import { expect, test as base } from '@playwright/test';
import type { Browser, Page } from 'playwright';
import { groth16 } from 'snarkjs';
import { keyToSnarkjs } from '../../src/protocol/groth16-key.ts';
import { nodeEnvironment } from '../../src/proof/bn254/node-threads.ts';
import { developmentSetup } from '../../src/proof/groth16/development-setup.ts';
import { randomCircuit } from '../../src/proof/groth16/random-circuit.ts';
import { writeWitness } from '../../src/proof/groth16/witness-file.ts';
import { readZkey } from '../../src/proof/groth16/zkey-file.ts';
import { startChromium } from '../fixtures/chromium.ts';
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

const { relation, witness } = randomCircuit(7);
let server: LibraryServer;
let key: object;

test.beforeAll(async () => {
  const zkey = await developmentSetup(relation, nodeEnvironment);
  const header = readZkey(zkey);
  if (header === null) throw new Error('the key is none');
  key = keyToSnarkjs(header.verificationKey);
  server = await serveLibrary({ 'circuit.zkey': zkey, 'witness.wtns': writeWitness(witness) });
});
test.afterAll(() => server.close());

test('proves on all threads in an isolated page, from a URL, from bytes and from a key that stays open', async ({ page }) => {
  const refused: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('favicon')) refused.push(message.text());
  });
  await page.goto(server.isolated);
  const proofs = await page.evaluate(async () => {
    const bytes = async (url: string) => new Uint8Array(await (await fetch(url)).arrayBuffer());
    const [zkey, wtns] = [await bytes('circuit.zkey'), await bytes('witness.wtns')];
    const stages = new Set<string>();
    const fromUrls = await window.groth16.prove('circuit.zkey', 'witness.wtns', null, { onProgress: ({ stage }) => void stages.add(stage) });
    const fromBytes = await window.groth16.prove({ type: 'mem', data: zkey }, wtns);
    const open = await window.groth16.open(new Blob([zkey]), { threads: 1 });
    const [once, again] = [await open.prove(wtns), await open.prove(wtns)];
    open.close();
    return { proofs: [fromUrls, fromBytes, once, again], stages: [...stages], cores: navigator.hardwareConcurrency };
  });
  expect(proofs.stages).toEqual(['key', 'sums', 'rows', 'transforms', 'check']);
  expect(proofs.proofs.map(({ metadata }) => metadata.threads)).toEqual([proofs.cores, proofs.cores, 1, 1]);
  for (const { proof, publicSignals, metadata } of proofs.proofs) {
    expect(metadata).toMatchObject({ kernel: 'fused', sharesMemory: true });
    expect(await groth16.verify(key, publicSignals, proof)).toBe(true);
  }
  expect(refused).toEqual([]);
});

test('proves on one thread in a page that is not isolated, with either arithmetic, and says so', async ({ page }) => {
  await page.goto(server.plain);
  const proofs = await page.evaluate(async () => [
    await window.groth16.prove('circuit.zkey', 'witness.wtns'),
    await window.groth16.prove('circuit.zkey', 'witness.wtns', null, { kernel: 'integer' }),
  ]);
  expect(proofs.map(({ metadata }) => [metadata.kernel, metadata.threads, metadata.sharesMemory])).toEqual([
    ['fused', 1, false],
    ['integer', 1, false],
  ]);
  for (const { proof, publicSignals } of proofs) expect(await groth16.verify(key, publicSignals, proof)).toBe(true);
});

test('stops when it is told to, says what is wrong with a file, and goes on proving', async ({ page }) => {
  await page.goto(server.isolated);
  const said = await page.evaluate(async () => {
    const stop = new AbortController();
    const stopped = window.groth16.prove('circuit.zkey', 'witness.wtns', null, {
      signal: stop.signal,
      onProgress: ({ stage }) => {
        if (stage !== 'key') stop.abort(new Error('enough'));
      },
    });
    const reason = (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));
    const reasons = [
      await stopped.then(() => 'a proof', reason),
      await window.groth16.prove('witness.wtns', 'witness.wtns').then(() => 'a proof', reason),
      await window.groth16.prove('circuit.zkey', 'circuit.zkey').then(() => 'a proof', reason),
      await window.groth16.prove('nowhere.zkey', 'witness.wtns').then(() => 'a proof', reason),
    ];
    const { proof } = await window.groth16.prove('circuit.zkey', 'witness.wtns');
    return { reasons, protocol: proof.protocol };
  });
  expect(said.reasons[0]).toBe('Error: enough');
  expect(said.reasons[1]).toContain('Groth16Error: This is no proving key');
  expect(said.reasons[2]).toContain('Groth16Error: This is no witness');
  expect(said.reasons[3]).toContain('nowhere.zkey answered 404');
  expect(said.protocol).toBe('groth16');
});
