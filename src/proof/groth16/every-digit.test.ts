/**
 * The circuit gives the integers of the graph on every image that is shipped. `execution/onnx-engines.test.ts` says the same of ONNX
 * Runtime on the same images: so what the model outputs and what the circuit proves are one.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { heldOutDigits, trainingDigits } from '../../../fixtures/digits.ts';
import { integerGraph } from '../../model/integer-graph.ts';
import { argMax, runGraph } from '../../model/run-graph.ts';
import { packAnswers } from '../../protocol/answers.ts';
import { digestOf, foldOf } from '../../protocol/domain.ts';
import { packRow, rowLeaf } from '../../protocol/row-leaf.ts';
import { nodeOver } from '../../protocol/row-tree.ts';
import { argMaxGadget } from './arg-max-gadget.ts';
import { signed } from '../../protocol/field-arithmetic.ts';
import { inferCircuit, inferRelation } from './infer-circuit.ts';
import { modelGadget } from './model-gadget.ts';
import { brokenGuards } from './relation.ts';
import { pixelsGadget } from './row-gadget.ts';
import { WitnessBuilder } from './witness-builder.ts';

const read = integerGraph(new Uint8Array(readFileSync(new URL('../../../fixtures/models/digits.onnx', import.meta.url))));
if (!read.ok) throw new Error(read.failure.detail);
const graph = read.value;
const heldOut = heldOutDigits();
const digits = [...trainingDigits(), ...heldOut];

const UNIT = 4;
const BATCH = 1000;

function integersOfGraph(pixels: Uint8Array): { readonly logits: readonly number[]; readonly answer: number } {
  const logits = runGraph(graph, pixels).at(-1)!;
  return { logits: [...logits], answer: argMax(logits) };
}

/** The steps of the circuit on one row, less the hash that commits to it, which costs the most and sees no integer of the model. */
function integersOfCircuit(pixels: Uint8Array): { readonly logits: readonly number[]; readonly answer: number } {
  const builder = new WitnessBuilder();
  const logits = modelGadget(builder, graph, pixelsGadget(builder, pixels));
  const answer = argMaxGadget(builder, logits, graph.bounds.at(-1)!);
  return { logits: logits.map(({ value }) => Number(signed(value))), answer: Number(answer.value) };
}

describe('logits and answer in the circuit are those of the graph', () => {
  it('for 10,000 images', () => {
    expect(digits).toHaveLength(10_000);
  });

  it.each(Array.from({ length: 10_000 / BATCH }, (_, i) => i * BATCH))('from image %i on', (start) => {
    for (let i = start; i < start + BATCH; i++) expect(integersOfCircuit(digits[i].pixels), `image ${i}`).toEqual(integersOfGraph(digits[i].pixels));
  });
});

describe('the whole circuit, constraint by constraint,', () => {
  const relation = inferRelation(graph, UNIT);
  // As many as the development network's data set has.
  const units = Array.from({ length: 64 }, (_, unit) => unit * UNIT);

  it.each(units)('holds with what the protocol says of four held-out images from %i on', (start) => {
    const rows = heldOut.slice(start, start + UNIT).map(({ pixels }) => pixels);
    const salts = rows.map((_, row) => 2n ** 247n + BigInt(start + row));
    const expected = rows.map(integersOfGraph);
    const values = [nodeOver(rows.map((row, r) => rowLeaf(salts[r], packRow(row, 8)))), packAnswers(expected.map(({ answer }) => answer))];
    const domain = 2n ** 240n + BigInt(start);
    const builder = new WitnessBuilder();
    const { outputs } = inferCircuit(builder, graph, { domain, digest: digestOf(values), fold: foldOf(values, domain), rows, salts });
    expect(brokenGuards(relation, builder.values)).toEqual([]);
    expect(outputs.map((output) => Number(signed(output)))).toEqual(expected.flatMap(({ logits }) => logits));
  });
});
