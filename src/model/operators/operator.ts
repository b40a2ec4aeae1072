/** The operators an integer graph is made of. A new operator is a file beside this one and a line in each function here. */
import type { CborValue } from '../../protocol/cbor.ts';
import type { Interval } from '../interval.ts';
import { refuse } from '../model-failure.ts';
import { boundDense, readDense, runDense, type Dense } from './dense.ts';
import type { OnnxChain, Reading } from './onnx-chain.ts';
import { boundRequantise, readRequantise, runRequantise, type Requantise } from './requantise.ts';

export type Operator = Dense | Requantise;

/** Reads the operator that begins at node `at`, or refuses the node by name. */
export function readOperator(chain: OnnxChain, at: number): Reading<Operator> {
  const node = chain.nodes[at];
  return readDense(chain, at) ?? readRequantise(chain, at) ?? refuse(`node "${node.name}" uses operator ${node.op}, which is not supported`);
}

/** How many values an operator gives when it is given `inputs` of them; refuses a wrong count. */
export function outputsOf(operator: Operator, inputs: number): number {
  if (operator.op === 'requantise') return inputs;
  if (operator.inputs !== inputs) refuse(`node "${operator.node}" takes ${operator.inputs} values and is given ${inputs}`);
  return operator.outputs;
}

/** @returns the interval of each output; refuses an operator that could leave exact arithmetic */
export function boundOperator(operator: Operator, inputs: readonly Interval[]): Interval[] {
  return operator.op === 'dense' ? boundDense(operator, inputs) : boundRequantise(operator, inputs);
}

export function runOperator(operator: Operator, input: Int32Array): Int32Array<ArrayBuffer> {
  return operator.op === 'dense' ? runDense(operator, input) : runRequantise(operator, input);
}

/** What an operator means, without names. */
export function encodeOperator(operator: Operator): CborValue {
  if (operator.op === 'requantise') return { op: operator.op, shift: operator.shift };
  const bias = new DataView(new ArrayBuffer(4 * operator.bias.length));
  operator.bias.forEach((value, i) => bias.setInt32(4 * i, value, false));
  const weights = new Uint8Array(operator.weights.buffer, operator.weights.byteOffset, operator.weights.length);
  return { op: operator.op, inputs: operator.inputs, outputs: operator.outputs, weights, bias: new Uint8Array(bias.buffer) };
}
