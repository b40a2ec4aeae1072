/** A dense layer with public constant weights inside a circuit: linear, so it costs no constraint of its own. */
import type { Dense } from '../../model/operators/dense.ts';
import { reduce } from '../../protocol/field-arithmetic.ts';
import { constant, type Signal, type Sum } from './signal.ts';

export function denseGadget(dense: Dense, inputs: readonly Signal[]): Signal[] {
  return Array.from({ length: dense.outputs }, (_, output) => {
    const weights = dense.weights.subarray(output * dense.inputs, (output + 1) * dense.inputs);
    const bias = BigInt(dense.bias[output]);
    let value = bias;
    inputs.forEach((input, i) => {
      if (input.value !== 0n) value += BigInt(weights[i]) * input.value;
    });
    const addTo = (sum: Sum, factor: bigint): void => {
      constant(bias).addTo(sum, factor);
      inputs.forEach((input, i) => input.addTo(sum, factor * BigInt(weights[i])));
    };
    return { value: reduce(value), addTo };
  });
}
