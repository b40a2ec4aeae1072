import { describe, expect, it } from 'vitest';
import { tinyModel } from '../../../fixtures/tiny-model.ts';
import { integerGraph, type IntegerGraph } from '../../model/integer-graph.ts';
import type { Operator } from '../../model/operators/operator.ts';
import { argMax, runGraph } from '../../model/run-graph.ts';
import { packAnswers } from '../../protocol/answers.ts';
import { circuitId } from '../../protocol/circuit.ts';
import { digestOf, foldOf } from '../../protocol/domain.ts';
import { SCALAR_ORDER } from '../../protocol/field.ts';
import type { ModelId } from '../../protocol/ids.ts';
import { packRow, rowLeaf } from '../../protocol/row-leaf.ts';
import { nodeOver } from '../../protocol/row-tree.ts';
import { sha256 } from '../../protocol/sha256.ts';
import { ConstraintRecorder } from './constraint-recorder.ts';
import { reduce, signed } from '../../protocol/field-arithmetic.ts';
import { forge } from './forged-witness.ts';
import { GUARDS, type Guard } from './guard.ts';
import { inferCircuitParts } from './infer-circuit-parts.ts';
import { inferCircuit, inferRelation, type InferInputs } from './infer-circuit.ts';
import { freeWires } from './jacobian.ts';
import { writeR1cs } from './r1cs-file.ts';
import { brokenGuards } from './relation.ts';
import { rowNodeGadget } from './row-node-gadget.ts';
import { constant } from './signal.ts';
import { WitnessBuilder, type Tamper } from './witness-builder.ts';

const compiled = integerGraph(tinyModel());
if (!compiled.ok) throw new Error(compiled.failure.detail);
const graph = compiled.value;
const relation = inferRelation(graph, 2);
const rows = [
  [100, 50, 60, 30],
  [10, 20, 30, 200],
];
const inputs: Pick<InferInputs, 'domain' | 'rows' | 'salts'> = { domain: 2n ** 200n + 77n, rows, salts: [12345n, 67890n] };
const values = [nodeOver(rows.map((row, r) => rowLeaf(inputs.salts[r], packRow(row, 8)))), packAnswers([0, 2])];

/** Adds to the nth wires of one role. */
const adding =
  (role: string, changes: Record<number, bigint>): Tamper =>
  (each, nth, honest) =>
    each === role ? reduce(honest + (changes[nth] ?? 0n)) : honest;
/** Sets the nth wires of several roles. */
const setting =
  (changes: Record<string, Record<number, bigint>>): Tamper =>
  (role, nth, honest) =>
    changes[role]?.[nth] ?? honest;

describe('the infer circuit', () => {
  it('is satisfied by honest work, and says what the protocol says', () => {
    const { witness, outcome } = forge(graph, inputs);
    expect(brokenGuards(relation, witness)).toEqual([]);
    expect(outcome.values).toEqual(values);
    expect(outcome.digest).toBe(digestOf(values));
    expect(outcome.fold).toBe(foldOf(values, inputs.domain));
    expect(outcome.outputs.map((output) => Number(signed(output)))).toEqual(rows.flatMap((row) => [...runGraph(graph, row).at(-1)!]));
  });

  it('answers with the lowest class on ties', () => {
    expect(rows.map((row) => argMax(runGraph(graph, row).at(-1)!))).toEqual([0, 2]);
    expect([...runGraph(graph, rows[0]).at(-1)!].slice(0, 2)).toEqual([49, 49]);
  });

  it('holds on the corners of the data: darkest, brightest, and every wire at its bound', () => {
    for (const row of [
      [0, 0, 0, 0],
      [255, 255, 255, 255],
      [0, 0, 0, 255],
      [255, 255, 255, 0],
      [255, 255, 0, 255],
    ]) {
      const { witness, outcome } = forge(graph, { ...inputs, rows: [row, row] });
      expect(brokenGuards(relation, witness)).toEqual([]);
      expect(outcome.values[1]).toBe(packAnswers([0, 1].map(() => argMax(runGraph(graph, row).at(-1)!))));
    }
  });

  it('is the same relation whatever rows it is recorded with', () => {
    const recorder = new ConstraintRecorder();
    inferCircuit(recorder, graph, { ...inputs, digest: 1n, fold: 2n });
    expect(sha256(writeR1cs(recorder.relation()))).toBe(sha256(writeR1cs(relation)));
  });

  it('is another relation, with another hash and circuit id, when a single weight, bias or shift is another', () => {
    const [first, rescale] = graph.operators;
    if (first.op !== 'dense' || rescale.op !== 'requantise') throw new Error('the tiny model begins with a dense layer and a rescale');
    const others: readonly Operator[][] = [
      [{ ...first, weights: first.weights.with(2, first.weights[2] + 1) }, rescale],
      [{ ...first, bias: first.bias.with(1, first.bias[1] + 1) }, rescale],
      [first, { ...rescale, shift: rescale.shift + 1 }],
    ];
    const named = (of: IntegerGraph): readonly string[] => {
      const hash = sha256(writeR1cs(inferRelation(of, 2)));
      // Model and key stay what they were: the relation alone makes the difference.
      const parts = { model: `0x${'0a'.repeat(32)}` as ModelId, graph: of, rows: 2, constraints: relation.constraints, relation: hash };
      return [hash, circuitId(inferCircuitParts({ ...parts, verificationKey: new Uint8Array(704) }))];
    };
    const ids = [graph, ...others.map((changed) => ({ ...graph, operators: [...changed, ...graph.operators.slice(2)] }))].map(named);
    expect(new Set(ids.flat()).size).toBe(2 * ids.length);
    expect(named(graph)).toEqual(ids[0]);
  });

  it('leaves nothing free but the salts: every other wire follows from the public signals and the rows', () => {
    // Two salts less the one equation that the digest puts on the node above them.
    expect(freeWires(relation, forge(graph, inputs).witness)).toBe(1);
  });

  it('takes a power of two of rows, at most as many as fit one value', () => {
    expect(() => rowNodeGadget(new WitnessBuilder(), [1n, 2n, 3n].map(constant))).toThrow(RangeError);
    expect(() => inferRelation(graph, 64)).toThrow(RangeError);
  });
});

/**
 * For each guard a forgery that this guard alone refuses: delete its constraints, and the forgery is accepted.
 * Indices count wires of a role in the order in which the circuit makes them; row 0 comes first.
 */
const forgeries: Record<
  Guard,
  { readonly what: string; readonly tamper?: Tamper; readonly claimed?: { readonly digest?: bigint; readonly fold?: bigint } }
> = {
  'pixel-bit': { what: 'a pixel of 256, whose top bit is 2', tamper: setting({ pixel: { 0: 256n }, 'pixel-bit': { 7: 2n } }) },
  'pixel-sum': { what: 'a pixel of 256, whose bits are those of 0', tamper: setting({ pixel: { 0: 256n } }) },
  'poseidon-square': { what: 'a hash with a square that is none', tamper: adding('square', { 0: 1n }) },
  'poseidon-fourth': { what: 'a hash with a fourth power that is none', tamper: adding('fourth', { 5: 1n }) },
  'poseidon-fifth': { what: 'a hash with a fifth power that is none', tamper: adding('fifth', { 500: 1n }) },
  'requantise-bit': { what: 'an accumulator raised by 8 through a bit of −1', tamper: adding('requantise-bit', { 4: -1n, 3: 2n }) },
  'requantise-sum': {
    what: 'a rescaled value of another accumulator',
    tamper: (role, nth, honest) => (role === 'requantise-bit' && nth === 3 ? 1n - honest : honest),
  },
  'requantise-rectify': { what: 'a rectified value made up', tamper: adding('rectified', { 0: 5n }) },
  'choice-bit': { what: 'a class chosen by marks of 2 and −1', tamper: setting({ choice: { 0: 2n, 2: SCALAR_ORDER - 1n } }) },
  'choice-one': { what: 'two classes chosen at once', tamper: setting({ choice: { 0: 1n, 1: 1n } }) },
  'choice-value': { what: 'a largest output made up', tamper: adding('choice-value', { 0: 1n }) },
  'order-bit': { what: 'a difference made non-negative by a bit of −1', tamper: adding('order-bit', { 0: 2n, 1: -1n }) },
  'order-sum': { what: 'a class whose output is not the largest', tamper: setting({ choice: { 0: 0n, 2: 1n } }) },
  digest: { what: 'a digest of other values', claimed: { digest: 1n } },
  'fold-step': { what: 'a fold of another polynomial', tamper: adding('fold-step', { 0: 1n }) },
  fold: { what: 'a fold at another point', claimed: { fold: 1n } },
};

describe('a forged witness', () => {
  it.each(GUARDS)('is refused by %s, and by nothing else', (guard) => {
    const { tamper, claimed } = forgeries[guard];
    const { witness } = forge(graph, inputs, tamper, claimed);
    expect(brokenGuards(relation, witness)).toEqual([guard]);
    expect(brokenGuards(inferRelation(graph, 2, guard), witness)).toEqual([]);
  });

  it('is refused when it claims the sign of an accumulator to be another', () => {
    // The first accumulator lies below 2^10 with its rounding; bit 10 says that it is not negative, and it is 200.
    const { witness, outcome } = forge(graph, inputs, setting({ 'requantise-bit': { 10: 0n } }));
    expect(outcome.outputs[0]).toBe(24n);
    expect(brokenGuards(relation, witness)).toEqual(['requantise-sum']);
  });

  it('is refused when it answers a tie with the higher class', () => {
    const { witness, outcome } = forge(graph, inputs, setting({ choice: { 0: 0n, 1: 1n } }));
    expect(outcome.values[1]).toBe(packAnswers([1, 2]));
    expect(brokenGuards(relation, witness)).toEqual(['order-sum']);
  });

  it('is refused when rows, salts or domain are not those of the statement', () => {
    const honest = forge(graph, inputs);
    const publics = { digest: honest.outcome.digest, fold: honest.outcome.fold };
    const claiming = (changes: Partial<InferInputs>): Guard[] => {
      const builder = new WitnessBuilder();
      inferCircuit(builder, graph, { ...inputs, ...publics, ...changes });
      return brokenGuards(relation, builder.values);
    };
    expect(claiming({})).toEqual([]);
    expect(claiming({ rows: [[101, 50, 60, 30], rows[1]] })).toEqual(['digest', 'fold']);
    expect(claiming({ rows: [rows[1], rows[0]] })).toEqual(['digest', 'fold']);
    expect(claiming({ salts: [12346n, 67890n] })).toEqual(['digest', 'fold']);
    expect(claiming({ domain: inputs.domain + 1n })).toEqual(['fold']);
  });
});
