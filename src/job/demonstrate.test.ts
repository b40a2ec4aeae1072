import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { developmentKeys, type DevelopmentKeys } from '../../devnet/development-keys.ts';
import { keysFolder } from '../../devnet/network-keys.ts';
import { heldOutDigits } from '../../fixtures/digits.ts';
import { demonstrationWords } from '../../messages/en/demonstration-words.ts';
import { answersOf, partWords, receiptWords } from '../../messages/en/receipt-words.ts';
import { createGraphReader } from '../execution/graph-reader.ts';
import { nodeEnvironment } from '../proof/bn254/node-threads.ts';
import { checkReceipt } from '../proof/check-receipt.ts';
import { createGroth16Prover } from '../proof/groth16/groth16-prover.ts';
import { snarkjsVerifier } from '../proof/groth16/snarkjs-verifier.ts';
import { toHex } from '../protocol/bytes.ts';
import { circuitId } from '../protocol/circuit.ts';
import { digestOf } from '../protocol/domain.ts';
import { fromHex32, toHex32 } from '../protocol/field.ts';
import type { DemonstrationProgress } from '../protocol/demonstration-progress.ts';
import { demonstrationSubject } from '../protocol/demonstration.ts';
import { decodeReceipt, encodeReceipt, type Receipt } from '../protocol/receipt.ts';
import { fail, ok } from '../protocol/result.ts';
import { packRow, rowLeaf } from '../protocol/row-leaf.ts';
import { demonstrate, type Demonstration, type Kit } from './demonstrate.ts';

const onnx = new Uint8Array(readFileSync(new URL('../../fixtures/models/digits.onnx', import.meta.url)));
const digit = heldOutDigits()[3];
const prover = createGroth16Prover(nodeEnvironment);
const reader = createGraphReader();

let keys: DevelopmentKeys;
let kit: Kit;
let made: Demonstration;
const seen: DemonstrationProgress[] = [];

beforeAll(async () => {
  keys = await developmentKeys(onnx, 1, keysFolder());
  kit = { model: keys.model, circuit: keys.circuit, verificationKey: toHex(keys.verificationKey) };
  const files = async () => ok({ onnx, provingKey: keys.provingKey });
  const done = await demonstrate({ reader, prover, files }, kit, digit.pixels, (progress) => seen.push(progress));
  if (!done.ok) throw new Error(JSON.stringify(done.failure));
  made = done.value;
}, 120_000);

const check = (receipt: Receipt) => checkReceipt(receipt, { verifier: snarkjsVerifier, trusted: { listed: [circuitId(keys.circuit)] } });
const words = async (receipt: Receipt) => demonstrationWords(await check(receipt)).map(({ part, state }) => `${part} ${state}`);
const withValues = ({ statement, ...rest }: Receipt, values: readonly bigint[]): Receipt => ({ ...rest, statement: { ...statement, values } });

describe('a demonstration', () => {
  it('holds offline in all five checks, and says what it shows, for whom, and that its key is forgeable', async () => {
    const found = await check(made.receipt);
    expect(found).toMatchObject({ holds: true, data: { state: 'bound', grade: 1 }, circuit: { state: 'listed', insecure: true } });
    expect(demonstrationWords(found).map(({ state }) => state)).toEqual(Array.from({ length: 5 }, () => 'holds'));
    expect(answersOf(found)).toEqual([digit.label]);
    const { shows, doesNotShow, assumes } = receiptWords(found);
    expect(shows).toEqual([expect.stringMatching(/one private row, locked as .*, answers \d; for whoever looks\.$/)]);
    expect(doesNotShow).toContain('That nobody else saw the data.');
    expect(assumes.join()).toContain('anyone could forge this receipt');
    expect(partWords(found).map(({ word }) => word)).toEqual(['holds', 'INSECURE', 'locked', 'absent']);
  });

  it('reports its steps in order, from measured progress', () => {
    const order = [...new Set(seen.map(({ step }) => step))];
    expect(order).toEqual(['drawing', 'model', 'answer', 'proof', 'check']);
    const parts = seen.filter(({ step }) => step === 'proof').map(({ part }) => part);
    expect(parts).toEqual([...parts].sort((a, b) => a - b));
  });

  it('fits a link in one code, and comes out of its bytes as it went in', () => {
    const bytes = encodeReceipt(made.receipt);
    expect(bytes.length).toBeLessThanOrEqual(2_100);
    expect(decodeReceipt(bytes)).toEqual(ok(made.receipt));
  });

  it('holds neither the row nor its salt', () => {
    const bytes = Buffer.from(encodeReceipt(made.receipt)).toString('hex');
    expect(bytes).not.toContain(made.salt.toString(16));
    expect(bytes).not.toContain(Buffer.from(digit.pixels.subarray(300, 330)).toString('hex'));
  });

  it('is never the same twice, so that equal drawings are not recognised', async () => {
    const files = async () => ok({ onnx, provingKey: keys.provingKey });
    const again = await demonstrate({ reader, prover, files }, kit, digit.pixels, () => undefined);
    if (!again.ok) throw new Error('no second proof');
    expect(again.value.receipt.statement.values[0]).not.toBe(made.receipt.statement.values[0]);
  });

  it('hands on why its files did not come', async () => {
    const files = async () => fail({ kind: 'altered' as const });
    expect(await demonstrate({ reader, prover, files }, kit, digit.pixels, () => undefined)).toEqual(fail({ kind: 'altered' }));
  });
});

describe('a demonstration that was changed', () => {
  it('in the drawing breaks there, and nothing after it is looked at', async () => {
    const pixels = Uint8Array.from(digit.pixels, (value, i) => (i === 400 ? value ^ 0xff : value));
    const other = rowLeaf(made.salt, packRow(pixels, 8));
    const changed = withValues(made.receipt, [other, made.receipt.statement.values[1]]);
    expect(await words(changed)).toEqual(['drawing broken', 'model unknown', 'answer unknown', 'proof unknown', 'made-for unknown']);
  });

  it('in the answer breaks there', async () => {
    const changed = withValues(made.receipt, [made.receipt.statement.values[0], BigInt((digit.label + 4) % 10)]);
    const parts = demonstrationWords(await check(changed));
    expect(parts.map(({ state }) => state)).toEqual(['holds', 'holds', 'broken', 'unknown', 'unknown']);
    expect(parts[2].detail).toBe(`Says ${(digit.label + 4) % 10}. The proof was made for another answer.`);
  });

  it('in the answer and its digest breaks the proof', async () => {
    const values = [made.receipt.statement.values[0], BigInt((digit.label + 4) % 10)];
    const changed = withValues(made.receipt, values);
    const adjusted = { ...changed, statement: { ...changed.statement, digest: digestOf(values) } };
    expect(await words(adjusted)).toEqual(['drawing holds', 'model holds', 'answer holds', 'proof broken', 'made-for unknown']);
  });

  it('in the proof breaks there', async () => {
    const bytes = Uint8Array.from(made.receipt.proof.bytes, (byte, i) => (i === 40 ? byte ^ 1 : byte));
    expect(await words({ ...made.receipt, proof: { ...made.receipt.proof, bytes } })).toContain('proof broken');
  });

  it('in the data set it names, however consistently, breaks the proof: the subject is in what was proven', async () => {
    const dataset = { ...made.receipt.material.dataset, salt: toHex32(5n) };
    const statement = { ...made.receipt.statement, subject: demonstrationSubject(dataset) };
    const changed = { ...made.receipt, statement, material: { ...made.receipt.material, dataset } };
    expect(await words(changed)).toContain('proof broken');
  });

  it('in its subject is for a request that nobody knows, and then its development key is refused', async () => {
    const statement = { ...made.receipt.statement, subject: toHex32(fromHex32(made.receipt.statement.subject) ^ 1n) };
    const found = await check({ ...made.receipt, statement });
    expect(found).toMatchObject({ holds: false, circuit: { state: 'broken', because: 'development-key' }, data: { state: 'found' } });
  });

  it('in the model breaks there', async () => {
    const model = { ...made.receipt.material.model, graph: toHex32(7n) };
    expect(await words({ ...made.receipt, material: { ...made.receipt.material, model } })).toContain('model broken');
  });
});
