/** What a model means, as bytes (§3): operators in numbers, their canonical encoding, and the hash that a model's head carries. */
import { toHex } from '../../src/protocol/bytes.ts';
import { encodeCbor, type CborValue } from '../../src/protocol/cbor.ts';
import { sha256 } from '../../src/protocol/sha256.ts';

type Operator =
  | { readonly op: 'dense'; readonly inputs: number; readonly outputs: number; readonly weights: readonly number[]; readonly bias: readonly number[] }
  | { readonly op: 'requantise'; readonly shift: number };

const oneLayer: readonly Operator[] = [{ op: 'dense', inputs: 1, outputs: 1, weights: [-1], bias: [0] }];
/** Weights and biases from one end of their range to the other. */
const twoLayers: readonly Operator[] = [
  { op: 'dense', inputs: 2, outputs: 3, weights: [1, -1, 127, -128, 0, 64], bias: [0, -1, 2 ** 23] },
  { op: 'requantise', shift: 23 },
  { op: 'dense', inputs: 3, outputs: 2, weights: [3, -2, 1, 0, -7, 9], bias: [-(2 ** 23), 305_419_896] },
];

export function graphVectors(): unknown {
  return [graphVector(1, oneLayer), graphVector(2, twoLayers)];
}

function graphVector(inputs: number, operators: readonly Operator[]): unknown {
  const bits = 8;
  const cbor = encodeCbor({ t: 'prooftab/graph/1', inputs, bits, operators: operators.map(operatorValue) });
  return { inputs, bits, operators, cbor: toHex(cbor), graph: sha256(cbor) };
}

function operatorValue(operator: Operator): CborValue {
  if (operator.op === 'requantise') return { ...operator };
  const bias = Uint8Array.from(operator.bias.flatMap((value) => [24, 16, 8, 0].map((shift) => (value >> shift) & 255)));
  return { ...operator, weights: Uint8Array.from(operator.weights, (value) => value & 255), bias };
}
