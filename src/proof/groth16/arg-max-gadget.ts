/** The answer of a classifier inside a circuit: the position of the largest output, the lowest one on ties. */
import { SCALAR_ORDER } from '../../protocol/field.ts';
import type { Interval } from '../../model/interval.ts';
import { bit, bitsGadget } from './bits-gadget.ts';
import { enforceZero, type ConstraintSystem } from './constraint-system.ts';
import { signed } from '../../protocol/field-arithmetic.ts';
import { constant, difference, sumOf, weighted, type Signal } from './signal.ts';

const CHOICE = { role: 'choice', bit: 'choice-bit' } as const;
const ORDER = { role: 'order-bit', bit: 'order-bit', sum: 'order-sum' } as const;

/**
 * One output is chosen by a mark of 1 among 0s. For every position j, `chosen − output[j] − [j comes before the chosen one]` is not
 * negative: nothing is larger, and nothing before it is as large.
 */
export function argMaxGadget(system: ConstraintSystem, outputs: readonly Signal[], bounds: readonly Interval[]): Signal {
  const best = largest(outputs.map(({ value }) => signed(value)));
  const marks = outputs.map((_, j) => bit(system, j === best ? 1n : 0n, CHOICE));
  enforceZero(system, 'choice-one', difference(sumOf(marks), constant(1n)));
  const picked = outputs.map((output, j) => {
    const value = system.private('choice-value', (marks[j].value * output.value) % SCALAR_ORDER);
    system.enforce('choice-value', marks[j], output, value);
    return value;
  });
  const chosen = sumOf(picked);
  const bits = spread(bounds);
  outputs.forEach((output, j) => {
    const comesBefore = sumOf(marks.slice(j + 1));
    bitsGadget(system, difference(difference(chosen, output), comesBefore), bits, ORDER);
  });
  return weighted(marks.map((mark, j) => [BigInt(j), mark]));
}

/** Bits that hold the widest possible difference of two outputs. */
function spread(bounds: readonly Interval[]): number {
  const widest = Math.max(...bounds.map(({ high }) => high)) - Math.min(...bounds.map(({ low }) => low));
  return Math.ceil(Math.log2(widest + 1));
}

function largest(values: readonly bigint[]): number {
  return values.reduce((best, value, j) => (value > values[best] ? j : best), 0);
}
