/** Arithmetic modulo the scalar field's order r. Not constant-time: nothing here handles a long-lived secret. */
import { SCALAR_ORDER } from './field.ts';

/**
 * The representative in 0 … r − 1.
 * @example
 * reduce(-1n) // 21888242871839275222246405745257275088548364400416034343698204186575808495616n
 */
export function reduce(value: bigint): bigint {
  const rest = value % SCALAR_ORDER;
  return rest < 0n ? rest + SCALAR_ORDER : rest;
}

/** The representative in −r/2 … r/2: what a wire that stands for a signed integer means. */
export function signed(value: bigint): bigint {
  return value > SCALAR_ORDER / 2n ? value - SCALAR_ORDER : value;
}

/**
 * @example
 * power(3n, 4n) // 81n
 */
export function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = reduce(base);
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % SCALAR_ORDER;
    square = (square * square) % SCALAR_ORDER;
  }
  return result;
}

/** By Fermat; the inverse of 0 is 0. */
export function inverse(value: bigint): bigint {
  return power(value, SCALAR_ORDER - 2n);
}

/**
 * All inverses at the price of one (Montgomery's trick).
 * @throws RangeError on a zero: the callers' values are non-zero by construction.
 */
export function inverses(values: readonly bigint[]): bigint[] {
  const before: bigint[] = [];
  let product = 1n;
  for (const value of values) {
    before.push(product);
    product = (product * value) % SCALAR_ORDER;
  }
  if (product === 0n) throw new RangeError('zero has no inverse');
  let rest = inverse(product);
  const result = new Array<bigint>(values.length);
  for (let i = values.length - 1; i >= 0; i--) {
    result[i] = (rest * before[i]) % SCALAR_ORDER;
    rest = (rest * values[i]) % SCALAR_ORDER;
  }
  return result;
}
