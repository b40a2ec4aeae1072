/** The name of a model's meaning, as the shared vectors hold it. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromHex, type Hex } from '../protocol/bytes.ts';
import { decodeCbor } from '../protocol/cbor.ts';
import { sha256 } from '../protocol/sha256.ts';
import { graphHash, type IntegerGraph } from './integer-graph.ts';
import type { Operator } from './operators/operator.ts';

type OperatorInNumbers =
  | { readonly op: 'dense'; readonly inputs: number; readonly outputs: number; readonly weights: readonly number[]; readonly bias: readonly number[] }
  | { readonly op: 'requantise'; readonly shift: number };

const vectors = JSON.parse(readFileSync(new URL('../../fixtures/vectors/graph.json', import.meta.url), 'utf8')) as {
  readonly inputs: number;
  readonly bits: 8;
  readonly operators: readonly OperatorInNumbers[];
  readonly cbor: Hex;
  readonly graph: Hex;
}[];

/** Names and bounds are no part of the meaning: any will do. */
function graphOf(inputs: number, operators: readonly OperatorInNumbers[]): IntegerGraph {
  const named = operators.map((operator, i): Operator => {
    const node = `node ${i}`;
    if (operator.op === 'requantise') return { ...operator, node };
    return { ...operator, node, weights: Int8Array.from(operator.weights), bias: Int32Array.from(operator.bias) };
  });
  return { inputName: 'in', outputName: 'out', inputs, inputBits: 8, outputs: 1, operators: named, bounds: [] };
}

describe.each(vectors)('the graph $graph', ({ inputs, operators, cbor, graph }) => {
  it('is named by the bytes of the vectors, which are canonical', () => {
    expect(graphHash(graphOf(inputs, operators))).toBe(graph);
    expect(sha256(fromHex(cbor))).toBe(graph);
    expect(decodeCbor(fromHex(cbor), 1024)).toMatchObject({ ok: true, value: { t: 'prooftab/graph/1', inputs, bits: 8 } });
  });

  it('has another name for any other weight, bias, shift or order', () => {
    const others = operators.flatMap((operator, at): (readonly OperatorInNumbers[])[] => {
      const inPlace = (changed: OperatorInNumbers) => operators.map((each, i) => (i === at ? changed : each));
      if (operator.op === 'requantise') return [inPlace({ ...operator, shift: operator.shift - 1 })];
      const { weights, bias } = operator;
      return [
        ...weights.map((_, w) => inPlace({ ...operator, weights: weights.map((value, i) => (i === w ? value ^ 1 : value)) })),
        ...bias.map((_, b) => inPlace({ ...operator, bias: bias.map((value, i) => (i === b ? value ^ 1 : value)) })),
        inPlace({ ...operator, inputs: operator.outputs + 1, outputs: operator.inputs }),
      ];
    });
    for (const other of others) expect(graphHash(graphOf(inputs, other))).not.toBe(graph);
    if (operators.length > 1) expect(graphHash(graphOf(inputs, operators.toReversed()))).not.toBe(graph);
  });
});
