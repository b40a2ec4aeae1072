/** The integer graph: what a model means, as exact integer arithmetic with a static bound on every wire. Execution runs it and proof arithmetises it. */
import { encodeCbor } from '../protocol/cbor.ts';
import type { Hex } from '../protocol/bytes.ts';
import { fail, ok, type Result } from '../protocol/result.ts';
import { sha256 } from '../protocol/sha256.ts';
import type { Interval } from './interval.ts';
import { ModelRefused, refuse, type ModelFailure } from './model-failure.ts';
import type { OnnxModel } from './onnx-file.ts';
import { readOnnx } from './onnx-reader.ts';
import { onnxChain } from './operators/onnx-chain.ts';
import { boundOperator, encodeOperator, outputsOf, readOperator, type Operator } from './operators/operator.ts';

/** Values that all operators of a model give together, per row. Far more than can be proven; each of them is bounded, and costs memory. */
const MAX_WIRES = 2 ** 20;

export interface IntegerGraph {
  readonly inputName: string;
  readonly outputName: string;
  /** Values in a row. */
  readonly inputs: number;
  /** Bits of each input value, unsigned. */
  readonly inputBits: 8;
  readonly outputs: number;
  readonly operators: readonly Operator[];
  /** `bounds[i]` are the intervals of what operator i gives. */
  readonly bounds: readonly (readonly Interval[])[];
}

/**
 * Turns an ONNX file into the integers it stands for, or says which node stands in the way.
 * @example
 * integerGraph(new Uint8Array()) // { ok: false, failure: { kind: 'malformed', detail: 'there is no graph' } }
 */
export function integerGraph(onnx: Uint8Array): Result<IntegerGraph, ModelFailure> {
  const model = readOnnx(onnx);
  if (!model.ok) return model;
  try {
    return ok(graphOf(model.value));
  } catch (error) {
    if (error instanceof ModelRefused) return fail(error.failure);
    throw error;
  }
}

/** SHA-256 of the graph's canonical encoding: two files that compute the same integers in the same way share it. */
export function graphHash(graph: IntegerGraph): Hex {
  const operators = graph.operators.map(encodeOperator);
  return sha256(encodeCbor({ t: 'prooftab/graph/1', inputs: graph.inputs, bits: graph.inputBits, operators }));
}

function graphOf(model: OnnxModel): IntegerGraph {
  const inputs = rowWidth(model);
  const operators = readOperators(model);
  requireFit(operators, inputs);
  const bounds: Interval[][] = [];
  let range: Interval[] = Array.from({ length: inputs }, () => ({ low: 0, high: 255 }));
  for (const operator of operators) {
    range = boundOperator(operator, range);
    bounds.push(range);
  }
  return { inputName: model.inputs[0].name, outputName: model.outputs[0].name, inputs, inputBits: 8, outputs: range.length, operators, bounds };
}

/** Refuses layers that do not fit one another, before anything is made in their size. */
function requireFit(operators: readonly Operator[], inputs: number): void {
  let width = inputs;
  let wires = 0;
  for (const operator of operators) {
    width = outputsOf(operator, width);
    wires += width;
    if (wires > MAX_WIRES) refuse(`the operators give more than ${MAX_WIRES} values a row`);
  }
}

/** The input is `[rows, width]`: any number of rows, each of a fixed width. */
function rowWidth(model: OnnxModel): number {
  const [input] = model.inputs;
  if (input === undefined || model.inputs.length !== 1) refuse(`the graph has ${model.inputs.length} inputs; one is supported`);
  const { name, dims, type } = input;
  const [rows, width] = dims;
  if (type !== 'float' || dims.length !== 2 || typeof rows !== 'string' || typeof width !== 'number')
    refuse(`input "${name}" is not a float of shape [rows, width]`);
  return width;
}

function readOperators(model: OnnxModel): Operator[] {
  const chain = onnxChain(model);
  const operators: Operator[] = [];
  for (let at = 0; at < chain.nodes.length;) {
    const reading = readOperator(chain, at);
    operators.push(reading.operator);
    at += reading.nodes;
  }
  if (operators.length === 0) refuse('the graph has no operators');
  return operators;
}
