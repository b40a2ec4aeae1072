import { beforeAll, describe, expect, it } from 'vitest';
import { proofRequest } from '../../../fixtures/proof-request.ts';
import { TINY_PIXELS, tinyModel } from '../../../fixtures/tiny-model.ts';
import { integerGraph } from '../../model/integer-graph.ts';
import { modelHead } from '../../model/model-head.ts';
import { concatBytes } from '../../protocol/bytes.ts';
import { publicSignals } from '../../protocol/domain.ts';
import { SCALAR_ORDER, toBytes32 } from '../../protocol/field.ts';
import { headId } from '../../protocol/heads.ts';
import type { ModelId } from '../../protocol/ids.ts';
import type { Statement } from '../../protocol/receipt.ts';
import { sha256 } from '../../protocol/sha256.ts';
import type { ProofFailure, ProofProgress, ProofRequest, Proven } from '../prover.ts';
import { developmentSetup } from './development-setup.ts';
import { inferCircuitParts } from './infer-circuit-parts.ts';
import { inferRelation } from './infer-circuit.ts';
import { writeR1cs } from './r1cs-file.ts';
import { createGroth16Prover } from './groth16-prover.ts';
import { nodeEnvironment } from '../bn254/node-threads.ts';
import { snarkjsVerifier } from './snarkjs-verifier.ts';
import { verificationKeyOf } from './verification-key.ts';

const rows = [new Uint8Array([100, 50, 60, 30]), new Uint8Array([10, 20, 30, 200])];
const prover = createGroth16Prover(nodeEnvironment);
let request: ProofRequest;
let proven: Proven;
const progress: ProofProgress[] = [];

beforeAll(async () => {
  request = proofRequest(await compiled(2), rows);
  const result = await prover.prove(request, (each) => progress.push(each));
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  proven = result.value;
});

async function compiled(rowCount: number): Promise<Pick<ProofRequest, 'onnx' | 'circuit' | 'provingKey' | 'verificationKey'>> {
  const onnx = tinyModel();
  const [graph, model] = [integerGraph(onnx), modelHead(onnx)];
  if (!graph.ok || !model.ok) throw new Error('the tiny model is not one');
  const relation = inferRelation(graph.value, rowCount);
  const provingKey = await developmentSetup(relation, nodeEnvironment);
  const verificationKey = verificationKeyOf(provingKey)!;
  const circuit = inferCircuitParts({
    model: headId(model.value) as ModelId,
    graph: graph.value,
    rows: rowCount,
    constraints: relation.constraints,
    relation: sha256(writeR1cs(relation)),
    verificationKey,
  });
  return { onnx, circuit, provingKey, verificationKey };
}

const holds = (statement: Statement, proof = proven.proof.bytes, key = request.verificationKey): Promise<boolean> =>
  snarkjsVerifier.verify(key, publicSignals(statement), proof);

describe('a proof', () => {
  it('holds for its statement', async () => {
    expect(await holds(request.statement)).toBe(true);
    expect(proven.proof.bytes).toHaveLength(256);
    expect(proven.constraints).toBe(request.circuit.meter[0]);
  });

  it('can be checked by several at once', async () => {
    const other = { ...request.statement, unit: 4 };
    expect(await Promise.all([holds(request.statement), holds(other), holds(request.statement)])).toEqual([true, false, true]);
  });

  it('is made in stages, and tells all along how far it is', () => {
    expect([...new Set(progress.map(({ stage }) => stage))]).toEqual(['key', 'witness', 'prove', 'check']);
    const shares = progress.map(({ done, of }) => done / of);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    expect(progress.length).toBeGreaterThan(10);
  });

  it('says what it was made with', () => {
    expect(proven).toMatchObject({ kernel: 'fused', threads: nodeEnvironment.cores, sharesMemory: true });
  });

  it('is made on one thread where memory cannot be shared, and says so', async () => {
    const alone = createGroth16Prover({ ...nodeEnvironment, sharesMemory: false });
    const result = await alone.prove(request);
    if (!result.ok) throw new Error(JSON.stringify(result.failure));
    expect(result.value).toMatchObject({ threads: 1, sharesMemory: false });
    expect(await holds(request.statement, result.value.proof.bytes)).toBe(true);
  });

  it('comes faster from a key that is open already', async () => {
    const again: ProofProgress[] = [];
    await prover.prove(request, (each) => again.push(each));
    expect(again.map(({ stage }) => stage)).not.toContain('key');
  });

  it.each<[string, (statement: Statement) => Partial<Statement>]>([
    ['beneficiary', () => ({ beneficiary: `0x${'4b'.repeat(20)}` })],
    ['task', () => ({ subject: `0x${'4e'.repeat(32)}` })],
    ['unit', ({ unit }) => ({ unit: unit + 1 })],
    ['chain', () => ({ chain: 1 })],
    ['contract', () => ({ contract: `0x${'a2'.repeat(20)}` })],
    ['answer', ({ values }) => ({ values: [values[0], values[1] + 1n] })],
    ['input', ({ values }) => ({ values: [values[0] + 1n, values[1]] })],
    ['digest', ({ digest }) => ({ digest: digest + 1n })],
  ])('does not hold for another %s', async (_, change) => {
    expect(await holds({ ...request.statement, ...change(request.statement) })).toBe(false);
  });

  it('does not hold when it, its key or a signal is not what it should be', async () => {
    expect(await holds(request.statement, proven.proof.bytes.with(255, proven.proof.bytes[255] ^ 1))).toBe(false);
    expect(await holds(request.statement, proven.proof.bytes.slice(0, 255))).toBe(false);
    expect(await holds(request.statement, proven.proof.bytes, request.verificationKey.slice(0, 703))).toBe(false);
    const [domain, digest, fold] = publicSignals(request.statement);
    expect(await snarkjsVerifier.verify(request.verificationKey, [domain, digest, fold + SCALAR_ORDER], proven.proof.bytes)).toBe(false);
  });
});

describe('the prover', () => {
  const refuses = async (change: Partial<ProofRequest>, by = prover): Promise<ProofFailure> => {
    const result = await by.prove({ ...request, ...change });
    if (result.ok) throw new Error('a proof was handed out');
    return result.failure;
  };
  const withKey = (verificationKey: Uint8Array<ArrayBuffer>): Partial<ProofRequest> => ({
    verificationKey,
    circuit: { ...request.circuit, key: sha256(verificationKey) },
  });
  const withStatement = (change: Partial<Statement>): Partial<ProofRequest> => ({ statement: { ...request.statement, ...change } });
  const withExecution = (change: Partial<ProofRequest['execution']>): Partial<ProofRequest> => ({ execution: { ...request.execution, ...change } });

  it('refuses a key whose proofs anyone could forge', async () => {
    const gammaIsDelta = request.verificationKey.slice();
    gammaIsDelta.copyWithin(192, 320, 448);
    expect(await refuses(withKey(gammaIsDelta))).toEqual({ kind: 'bad-key', detail: 'gamma-is-delta' });
  });

  it('refuses keys that do not belong to the circuit', async () => {
    const otherKey = request.verificationKey.slice();
    otherKey.copyWithin(448, 512, 576);
    expect(await refuses(withKey(otherKey))).toEqual({ kind: 'bad-key', detail: 'the proving key belongs to another verification key' });
    expect(await refuses({ verificationKey: otherKey })).toEqual({
      kind: 'bad-key',
      detail: 'the verification key is not the one that the circuit names',
    });
    expect(await refuses({ provingKey: new Uint8Array(100) })).toEqual({ kind: 'bad-key', detail: 'the proving key is no Groth16 key' });
    const forOneRow = await compiled(1);
    expect(await refuses(forOneRow)).toEqual({ kind: 'bad-key', detail: 'the proving key is for another circuit' });
  });

  it('refuses circuits of another system, kind or number of values', async () => {
    expect(await refuses({ circuit: { ...request.circuit, system: 2 } })).toMatchObject({
      kind: 'bad-key',
      detail: 'system 2, kind 1 is not proven here',
    });
    expect(await refuses({ circuit: { ...request.circuit, kind: 2 } })).toMatchObject({ kind: 'bad-key' });
    expect(await refuses({ circuit: { ...request.circuit, values: 3 } })).toMatchObject({ kind: 'bad-key' });
  });

  it('names what an execution does not bear out, before any proof is tried', async () => {
    const { values, digest } = request.statement;
    const { execution } = request;
    expect(await refuses(withStatement({ values: [values[0], values[1] + 1n] }))).toEqual({ kind: 'unsatisfied', constraint: 'answers' });
    expect(await refuses(withStatement({ values: [values[0] + 1n, values[1]] }))).toEqual({ kind: 'unsatisfied', constraint: 'input node' });
    expect(await refuses(withStatement({ digest: digest + 1n }))).toEqual({ kind: 'unsatisfied', constraint: 'digest' });
    expect(await refuses(withStatement({ values: [...values, 0n] }))).toEqual({ kind: 'unsatisfied', constraint: 'values' });
    expect(await refuses(withStatement({ values: [values[0], values[1] + SCALAR_ORDER] }))).toEqual({ kind: 'unsatisfied', constraint: 'values' });
    expect(await refuses(withExecution({ outputs: execution.outputs.with(0, 1) }))).toEqual({
      kind: 'unsatisfied',
      constraint: 'outputs',
    });
    expect(await refuses(withExecution({ rows: execution.rows.with(0, 7) }))).toMatchObject({ kind: 'unsatisfied' });
  });

  it('refuses an execution that is not of the shape it claims', async () => {
    const { execution } = request;
    const wrong = { kind: 'unsatisfied', constraint: 'rows' };
    expect(await refuses(withExecution({ rows: execution.rows.slice(1) }))).toEqual(wrong);
    expect(await refuses(withExecution({ salts: execution.salts.slice(1) }))).toEqual(wrong);
    expect(await refuses(withExecution({ outputs: execution.outputs.slice(1) }))).toEqual(wrong);
    expect(await refuses(withExecution({ rowCount: 0, rows: new Uint8Array(), salts: new Uint8Array(), outputs: new Int32Array() }))).toEqual(wrong);
    const tooLarge = execution.salts.slice();
    tooLarge.set(toBytes32(SCALAR_ORDER));
    expect(await refuses(withExecution({ salts: tooLarge }))).toEqual(wrong);
  });

  it('refuses a model that it cannot read', async () => {
    expect(await refuses({ onnx: new Uint8Array() })).toEqual({ kind: 'model-unsupported', detail: 'there is no graph' });
  });

  it('refuses more answers than fit one value: a task like that can never be proven', async () => {
    const oneRow = request.execution.rows.slice(0, TINY_PIXELS);
    const shape = (rowCount: number, classes: number) => ({
      rowCount,
      rows: concatBytes(...Array.from({ length: rowCount }, () => oneRow)),
      salts: new Uint8Array(32 * rowCount),
      outputs: new Int32Array(rowCount * classes),
      answers: Array.from({ length: rowCount }, () => 0),
    });
    expect(await refuses(withExecution(shape(64, 3)))).toEqual({
      kind: 'model-unsupported',
      detail: '64 answers among 3 classes do not fit one value',
    });
    expect(await refuses({ ...withExecution(shape(2, 17)), onnx: tinyModel(17) })).toEqual({
      kind: 'model-unsupported',
      detail: '2 answers among 17 classes do not fit one value',
    });
  });

  it('hands out no proof that its own key rejects', async () => {
    // The points of C, section 8, with two of them exchanged: a key that parses, and proves nothing.
    const broken = request.provingKey.slice();
    const end = broken.length - 80 - 12 - 64 * 2048;
    broken.copyWithin(end - 64 * 40, end - 64 * 300, end - 64 * 299);
    expect(await refuses({ provingKey: broken }, createGroth16Prover(nodeEnvironment))).toEqual({ kind: 'proof-rejected' });
  });

  it('refuses a key with sections missing', async () => {
    const broken = request.provingKey.slice();
    // The number of section 4, the coefficients, becomes 99.
    const at = 12 + (12 + 4) + (12 + 660) + (12 + 256);
    expect(broken[at]).toBe(4);
    broken[at] = 99;
    expect(await refuses({ provingKey: broken }, createGroth16Prover(nodeEnvironment))).toEqual({ kind: 'bad-key', detail: 'truncated-key' });
  });

  it('answers with a failure when a thread does not start, and proves once it does', async () => {
    let mayStart = false;
    const late = createGroth16Prover({
      ...nodeEnvironment,
      openThread() {
        if (!mayStart) throw new Error('no thread today');
        return nodeEnvironment.openThread();
      },
    });
    expect(await refuses({}, late)).toEqual({ kind: 'prover-crashed', detail: 'no thread today' });
    mayStart = true;
    expect((await late.prove(request)).ok).toBe(true);
  });
});
