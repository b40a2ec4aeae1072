/** The dense layer, `W·x + b` over integers: ONNX MatMul with or without Add, or Gemm. */
import { magnitude, requireExact, type Interval } from '../interval.ts';
import { refuse } from '../model-failure.ts';
import type { OnnxNode, OnnxTensor } from '../onnx-file.ts';
import { constantOf, type OnnxChain, type Reading } from './onnx-chain.ts';

export interface Dense {
  readonly op: 'dense';
  /** The ONNX node, for messages; no part of the graph's meaning. */
  readonly node: string;
  readonly inputs: number;
  readonly outputs: number;
  /** outputs × inputs, row after row. */
  readonly weights: Int8Array<ArrayBuffer>;
  readonly bias: Int32Array<ArrayBuffer>;
}

export function readDense(chain: OnnxChain, at: number): Reading<Dense> | null {
  const node = chain.nodes[at];
  if (node.op === 'Gemm') return { operator: fromGemm(node, chain), nodes: 1 };
  if (node.op !== 'MatMul') return null;
  if (!chain.constants.has(node.inputs[1] ?? '')) refuse(`node "${node.name}" (MatMul) has its weights on the left; put them on the right`);
  const weights = transposed(int8Matrix(node, constantOf(node, chain)));
  const next = chain.nodes[at + 1];
  if (next?.op !== 'Add') return { operator: dense(node, weights, new Int32Array(weights.rows)), nodes: 1 };
  return { operator: dense(node, weights, biasOf(next, constantOf(next, chain), weights.rows)), nodes: 2 };
}

/** @returns the interval of each output; refuses a layer whose partial sums could be inexact in some order of summation */
export function boundDense(dense: Dense, inputs: readonly Interval[]): Interval[] {
  return Array.from({ length: dense.outputs }, (_, output) => {
    let low = dense.bias[output];
    let high = low;
    let partial = Math.abs(low);
    for (let input = 0; input < dense.inputs; input++) {
      const weight = dense.weights[output * dense.inputs + input];
      const range = inputs[input];
      low += weight * (weight > 0 ? range.low : range.high);
      high += weight * (weight > 0 ? range.high : range.low);
      partial += Math.abs(weight) * magnitude(range);
    }
    requireExact(dense.node, partial);
    return { low, high };
  });
}

export function runDense(dense: Dense, input: Int32Array): Int32Array<ArrayBuffer> {
  const output = dense.bias.slice();
  for (let o = 0; o < dense.outputs; o++) {
    let sum = output[o];
    for (let i = 0; i < dense.inputs; i++) sum += dense.weights[o * dense.inputs + i] * input[i];
    output[o] = sum;
  }
  return output;
}

interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Int8Array<ArrayBuffer>;
}

function fromGemm(node: OnnxNode, chain: OnnxChain): Dense {
  const { alpha = 1, beta = 1, transA = 0, transB = 0 } = node.attributes;
  if (alpha !== 1 || beta !== 1 || transA !== 0) refuse(`node "${node.name}" (Gemm) needs alpha 1, beta 1 and transA 0`);
  if (transB !== 0 && transB !== 1) refuse(`node "${node.name}" (Gemm) has transB ${transB}; 0 and 1 are supported`);
  const [, weightName = '', biasName] = node.inputs;
  const matrix = int8Matrix(node, chain.constants.get(weightName) ?? refuse(`node "${node.name}" (Gemm) needs constant weights`));
  const weights = transB === 1 ? matrix : transposed(matrix);
  const bias = biasName === undefined ? null : (chain.constants.get(biasName) ?? refuse(`node "${node.name}" (Gemm) needs a constant bias`));
  return dense(node, weights, bias === null ? new Int32Array(weights.rows) : biasOf(node, bias, weights.rows));
}

function dense(node: OnnxNode, weights: Matrix, bias: Int32Array<ArrayBuffer>): Dense {
  return { op: 'dense', node: node.name, inputs: weights.columns, outputs: weights.rows, weights: weights.values, bias };
}

function int8Matrix(node: OnnxNode, tensor: OnnxTensor): Matrix {
  if (tensor.type !== 'int8') refuse(`node "${node.name}" (${node.op}) has ${tensor.type} weights; quantise them to int8`);
  const [rows = 0, columns = 0] = tensor.dims;
  if (tensor.dims.length !== 2) refuse(`node "${node.name}" (${node.op}) has weights of ${tensor.dims.length} dimensions; two are supported`);
  return { rows, columns, values: tensor.values };
}

function biasOf(node: OnnxNode, tensor: OnnxTensor, outputs: number): Int32Array<ArrayBuffer> {
  if (tensor.type !== 'int32') refuse(`node "${node.name}" (${node.op}) has a ${tensor.type} bias; int32 is supported`);
  if (tensor.dims.length !== 1 || tensor.dims[0] !== outputs)
    refuse(`node "${node.name}" (${node.op}) has a bias of shape [${tensor.dims.join(', ')}]; [${outputs}] is needed`);
  return tensor.values;
}

function transposed({ rows, columns, values }: Matrix): Matrix {
  const turned = new Int8Array(values.length);
  for (let row = 0; row < rows; row++) for (let column = 0; column < columns; column++) turned[column * rows + row] = values[row * columns + column]!;
  return { rows: columns, columns: rows, values: turned };
}
