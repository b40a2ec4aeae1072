/**
 * Arithmetic modulo a prime, written into WebAssembly functions. A value stands for {@link LANES} elements at once, and every operation
 * works on all of them. Elements are in Montgomery form with R = `radix`; each takes 40 bytes of memory.
 *
 * **Sizes.** *Products* and *reduced* values may be added and subtracted a few times without care. A factor of a product is a product,
 * a reduced value, or a sum or difference of two of these; two sums or differences must not be multiplied by each other, nor one of them
 * squared. `reduce` makes a reduced value of a sum of up to seven. Zero has one reduced form.
 */
import type { I32, I64, V128 } from '../wasm/expression.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';

/** Elements in a value. */
export const LANES = 4;
/** Bytes of one element in memory, whichever the arithmetic. */
export const ELEMENT_BYTES = 40;

/** Limbs of one or more elements, as the arithmetic lays them out. */
export type Value = readonly (V128 | I64)[];
/** All ones in each lane for which something holds. */
export type Mask = readonly (V128 | I64)[];

/** What the base field and its extension have in common. */
export interface Arithmetic {
  /** From a group: `LANES` elements in memory that belong together, in an order of the arithmetic's own. */
  load(f: FunctionBuilder, group: I32): Value;
  store(f: FunctionBuilder, group: I32, value: Value): void;
  /** One element each from `LANES` places, `offset` bytes into each. */
  gather(f: FunctionBuilder, places: readonly I32[], offset: number): Value;
  scatter(f: FunctionBuilder, places: readonly I32[], value: Value, offset: number): void;

  /** x·y/R */
  multiply(f: FunctionBuilder, x: Value, y: Value): Value;
  /** x²/R */
  square(f: FunctionBuilder, x: Value): Value;
  add(f: FunctionBuilder, x: Value, y: Value): Value;
  subtract(f: FunctionBuilder, x: Value, y: Value): Value;
  reduce(f: FunctionBuilder, x: Value): Value;

  /** Of a reduced value. */
  isZero(f: FunctionBuilder, x: Value): Mask;
  select(f: FunctionBuilder, yes: Value, no: Value, mask: Mask): Value;
  negateWhere(f: FunctionBuilder, x: Value, mask: Mask): Value;
}

export interface Field extends Arithmetic {
  readonly prime: bigint;
  readonly radix: bigint;

  load(f: FunctionBuilder, group: I32, offset?: number): Value;
  store(f: FunctionBuilder, group: I32, value: Value, offset?: number): void;
  /** Integers below 2^255 of 32 bytes, little-endian, as a factor of a product. */
  gatherIntegers(f: FunctionBuilder, places: readonly I32[]): Value;
  /** The integers from 0 to p − 1 that a product or reduced value stands for, without any Montgomery factor. */
  scatterIntegers(f: FunctionBuilder, places: readonly I32[], value: Value): void;
  /** One integer, 0 to p − 1, in all lanes. */
  constant(f: FunctionBuilder, integer: bigint): Value;
  /**
   * Writes (a + bi)·(c + di)/R with i² = −1, both parts reduced. Each address is of two groups, the real parts and the imaginary ones;
   * the product's is neither factor's. Of a + bi and c + di one may be a sum or difference.
   */
  multiplyComplex(f: FunctionBuilder, product: I32, x: I32, y: I32): void;

  /** From a 0 or 1 for each lane. */
  mask(f: FunctionBuilder, bits: readonly I32[]): Mask;
  and(f: FunctionBuilder, a: Mask, b: Mask): Mask;
  or(f: FunctionBuilder, a: Mask, b: Mask): Mask;
  andNot(f: FunctionBuilder, a: Mask, b: Mask): Mask;
  /** Not zero if any lane is set. */
  any(mask: Mask): I32;

  /** An integer from 0 to p − 1 as it lies in memory. */
  encode(integer: bigint): Uint8Array<ArrayBuffer>;
  /** The integer from 0 to p − 1 that 40 bytes stand for. */
  decode(bytes: Uint8Array): bigint;
}

/** The one non-negative representative. */
export function modulo(value: bigint, prime: bigint): bigint {
  const rest = value % prime;
  return rest < 0n ? rest + prime : rest;
}

/** −1/p modulo 2^bits, by Newton's iteration. */
export function negatedInverse(prime: bigint, bits: number): bigint {
  let inverse = 1n;
  for (let known = 1; known < bits; known *= 2) inverse = BigInt.asUintN(bits, inverse * (2n - prime * inverse));
  return BigInt.asUintN(bits, -inverse);
}

/** By Fermat's little theorem; 0 for 0. */
export function inverseModulo(value: bigint, prime: bigint): bigint {
  let [result, square] = [1n, modulo(value, prime)];
  for (let rest = prime - 2n; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % prime;
    square = (square * square) % prime;
  }
  return result;
}
