/** Signals: linear combinations of wires together with their values. Combinations are built only when somebody records them; values always. */
import { reduce } from '../../protocol/field-arithmetic.ts';

/** Position in the witness; wire 0 carries the constant 1. */
export type Wire = number;
export const ONE: Wire = 0;

/** Coefficients by wire; reduced modulo r, and rid of zeros, when recorded. */
export type Sum = Map<Wire, bigint>;

export interface Signal {
  /** In 0 … r − 1. */
  readonly value: bigint;
  /** Adds `factor` times this signal to a sum. */
  readonly addTo: (sum: Sum, factor: bigint) => void;
}

export function constant(value: bigint): Signal {
  return { value: reduce(value), addTo: (sum, factor) => add(sum, ONE, factor * value) };
}

export function ofWire(wire: Wire, value: bigint): Signal {
  return { value, addTo: (sum, factor) => add(sum, wire, factor) };
}

export type Weighted = readonly [factor: bigint, signal: Signal];

/** `constant + Σ factor · signal` */
export function weighted(terms: readonly Weighted[], plus = 0n): Signal {
  let value = plus;
  for (const [factor, signal] of terms) value += factor * signal.value;
  return {
    value: reduce(value),
    addTo: (sum, factor) => {
      if (plus !== 0n) add(sum, ONE, factor * plus);
      for (const [each, signal] of terms) signal.addTo(sum, factor * each);
    },
  };
}

export function sumOf(signals: readonly Signal[]): Signal {
  return weighted(signals.map((signal) => [1n, signal]));
}

export function difference(left: Signal, right: Signal): Signal {
  return weighted([
    [1n, left],
    [-1n, right],
  ]);
}

function add(sum: Sum, wire: Wire, coefficient: bigint): void {
  sum.set(wire, (sum.get(wire) ?? 0n) + coefficient);
}
