/** Intervals of integers, and the one bound that keeps single-precision arithmetic exact. */
import { ModelRefused } from './model-failure.ts';

/** Every value a wire can take, both ends included. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Integers of smaller magnitude are exact in a 32-bit float, and so is every sum of them that stays below it, in any order. */
export const EXACT = 2 ** 24;

export function magnitude({ low, high }: Interval): number {
  return Math.max(Math.abs(low), Math.abs(high));
}

/** Refuses a node whose partial sums could reach 2^24. */
export function requireExact(node: string, bound: number): void {
  if (bound < EXACT) return;
  const detail = `node "${node}" can reach ${bound}, and single precision is exact below ${EXACT} only: use a larger rescale shift before it`;
  throw new ModelRefused({ kind: 'out-of-bounds', node, bound, detail });
}
