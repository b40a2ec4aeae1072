/** Rescale and rectify inside a circuit: `max(0, floor((x + 2^(s-1)) / 2^s))` by the bits of x. */
import { SCALAR_ORDER } from '../../protocol/field.ts';
import { magnitude, type Interval } from '../../model/interval.ts';
import type { Requantise } from '../../model/operators/requantise.ts';
import { bitsGadget } from './bits-gadget.ts';
import type { ConstraintSystem } from './constraint-system.ts';
import { weighted, type Signal } from './signal.ts';

const REQUANTISE = { role: 'requantise-bit', bit: 'requantise-bit', sum: 'requantise-sum' } as const;

/**
 * With t = x + 2^(s-1) and |t| < 2^b, the number t + 2^b has b + 1 bits. Its top bit says whether t ≥ 0, and then the others are t itself:
 * `b + 3` constraints a value.
 */
export function requantiseGadget(system: ConstraintSystem, { shift }: Requantise, inputs: readonly Signal[], bounds: readonly Interval[]): Signal[] {
  const half = 2 ** (shift - 1);
  return inputs.map((input, i) => {
    const width = Math.max(shift + 1, Math.ceil(Math.log2(magnitude(bounds[i]) + half + 1)));
    const raised = weighted([[1n, input]], BigInt(half + 2 ** width));
    const bits = bitsGadget(system, raised, width + 1, REQUANTISE);
    const isNonNegative = bits[width];
    const scaled = weighted(bits.slice(shift, width).map((each, j) => [1n << BigInt(j), each]));
    const rectified = system.private('rectified', (scaled.value * isNonNegative.value) % SCALAR_ORDER);
    system.enforce('requantise-rectify', scaled, isNonNegative, rectified);
    return rectified;
  });
}
