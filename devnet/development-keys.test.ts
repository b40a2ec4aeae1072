import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { heldOutDigits } from '../fixtures/digits.ts';
import { proofRequest } from '../fixtures/proof-request.ts';
import { tinyModel } from '../fixtures/tiny-model.ts';
import { nodeEnvironment } from '../src/proof/bn254/node-threads.ts';
import { createGroth16Prover } from '../src/proof/groth16/groth16-prover.ts';
import { snarkjsVerifier } from '../src/proof/groth16/snarkjs-verifier.ts';
import { unpackAnswers } from '../src/protocol/answers.ts';
import { INSECURE } from '../src/protocol/circuit.ts';
import { publicSignals } from '../src/protocol/domain.ts';
import { sha256 } from '../src/protocol/sha256.ts';
import { developmentKeys } from './development-keys.ts';
import { keysFolder } from './network-keys.ts';

describe('development keys', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'prooftab-keys-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  it('are made once, and made again when the kept file is damaged', async () => {
    const made: string[] = [];
    const fresh = await developmentKeys(tinyModel(), 1, folder, () => made.push('first'));
    const kept = await developmentKeys(tinyModel(), 1, folder, () => made.push('second'));
    expect([fresh.isFresh, kept.isFresh, made]).toEqual([true, false, ['first']]);
    expect(sha256(kept.provingKey)).toBe(sha256(fresh.provingKey));
    expect(kept.circuit).toEqual(fresh.circuit);
    expect(await readdir(folder)).toEqual([fresh.circuit.relation.slice(2)]);

    await writeFile(path.join(folder, fresh.circuit.relation.slice(2), 'proving.insecure.zkey'), 'half a key');
    const mended = await developmentKeys(tinyModel(), 1, folder);
    expect(mended.isFresh).toBe(true);
    expect(sha256(mended.provingKey)).toBe(sha256(fresh.provingKey));
  });

  it('name a circuit that says it is insecure, by hashes that anyone can recompute', async () => {
    const { circuit, relation, verificationKey } = await developmentKeys(tinyModel(), 2, folder);
    expect(circuit).toMatchObject({ flags: INSECURE, values: 2, relation: sha256(relation), key: sha256(verificationKey) });
    // Constraints and products of two rows, four bytes a row in, two values out.
    expect(circuit.meter.slice(1)).toEqual([2 * (12 + 9), 0, 8, 64, 0]);
  });

  it('are not made for a model that cannot be proven', async () => {
    await expect(developmentKeys(new Uint8Array(), 1, folder)).rejects.toThrow('there is no graph');
  });
});

describe('the circuit of four digits', () => {
  it('fits 2^16 constraints, and proves what the model reads on digits it never saw', async () => {
    const onnx = new Uint8Array(readFileSync(new URL('../fixtures/models/digits.onnx', import.meta.url)));
    const keys = await developmentKeys(onnx, 4, keysFolder());
    expect(keys.circuit.meter[0]).toBeLessThan(2 ** 16 - 4);
    const digits = heldOutDigits().slice(20, 24);
    const request = proofRequest(
      { onnx, ...keys },
      digits.map(({ pixels }) => pixels),
    );
    expect(unpackAnswers(request.statement.values[1], 4)).toEqual(digits.map(({ label }) => label));
    const proven = await createGroth16Prover(nodeEnvironment).prove(request);
    if (!proven.ok) throw new Error(JSON.stringify(proven.failure));
    expect(proven.value.constraints).toBe(keys.circuit.meter[0]);
    expect(await snarkjsVerifier.verify(keys.verificationKey, publicSignals(request.statement), proven.value.proof.bytes)).toBe(true);
  }, 300_000);
});
