/** Rescale and rectify, `max(0, floor(x·2^-s + 1/2))`: ONNX Mul → Add → Floor → Relu. */
import { magnitude, requireExact, type Interval } from '../interval.ts';
import { refuse } from '../model-failure.ts';
import type { OnnxNode } from '../onnx-file.ts';
import { constantOf, type OnnxChain, type Reading } from './onnx-chain.ts';

export interface Requantise {
  readonly op: 'requantise';
  /** The ONNX node, for messages; no part of the graph's meaning. */
  readonly node: string;
  /** s, 1 to 23. */
  readonly shift: number;
}

const PATTERN = ['Mul', 'Add', 'Floor', 'Relu'];

export function readRequantise(chain: OnnxChain, at: number): Reading<Requantise> | null {
  const nodes = chain.nodes.slice(at, at + PATTERN.length);
  const [mul, add] = nodes;
  if (mul?.op !== 'Mul' || add === undefined) return null;
  if (nodes.map((node) => node.op).join() !== PATTERN.join()) refuse(`node "${mul.name}" (Mul) is not followed by Add, Floor, Relu`);
  const shift = -Math.log2(scalarOf(mul, chain));
  if (!Number.isInteger(shift) || shift < 1 || shift > 23) refuse(`node "${mul.name}" (Mul) does not scale by a power of two from 2^-23 to 2^-1`);
  if (scalarOf(add, chain) !== 0.5) refuse(`node "${add.name}" (Add) does not add 0.5`);
  return { operator: { op: 'requantise', node: mul.name, shift }, nodes: PATTERN.length };
}

/** @returns the interval of each output; `x + 2^(s-1)` must itself stay exact, since 0.5 is added after scaling */
export function boundRequantise(requantise: Requantise, inputs: readonly Interval[]): Interval[] {
  const half = 2 ** (requantise.shift - 1);
  return inputs.map((range) => {
    requireExact(requantise.node, magnitude(range) + half);
    return { low: requantised(range.low, requantise.shift), high: requantised(range.high, requantise.shift) };
  });
}

export function runRequantise(requantise: Requantise, input: Int32Array): Int32Array<ArrayBuffer> {
  return Int32Array.from(input, (value) => requantised(value, requantise.shift));
}

function requantised(value: number, shift: number): number {
  return Math.max(0, (value + 2 ** (shift - 1)) >> shift);
}

function scalarOf(node: OnnxNode, chain: OnnxChain): number {
  const tensor = constantOf(node, chain);
  if (tensor.values.length !== 1 || tensor.type !== 'float') refuse(`node "${node.name}" (${node.op}) needs one float constant`);
  return tensor.values[0];
}
