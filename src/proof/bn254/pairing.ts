/**
 * The optimal ate pairing of BN254 (F. Vercauteren, "Optimal pairings", IEEE Trans. Inf. Theory 56, 2010): Miller loops of as many pairs at
 * once as there are lanes, and one final exponentiation of their product.
 */
import { ELEMENT_BYTES, LANES } from '../../../kernels/field/field.ts';
import { COEFFICIENTS } from '../../../kernels/pairing/tower.ts';
import { BN_X, frobeniusFactors, multiplyComplex, type Complex } from '../../../kernels/pairing/twist.ts';
import { BASE_ORDER } from '../../protocol/field.ts';
import { GENERATORS } from './generators.ts';
import type { Kernel } from './kernel.ts';
import { everywhere, LaneRoom, negated } from './lane-room.ts';

/** Affine coordinates in G1 and G2, null for infinity. */
export type Pair = readonly [readonly bigint[] | null, readonly bigint[] | null];

/** Base field elements in a value of the pairing. */
const ELEMENTS = 2 * COEFFICIENTS;
/** Bytes that {@link pairingProduct} works in: values of the pairing, and points. */
export const PAIRING_ROOM = 40 * ELEMENTS * ELEMENT_BYTES * LANES;

/** 6x + 2 in digits −1, 0 and 1, no two neighbours of which are other than zero; the highest first. */
const LOOP = nonAdjacent(6n * BN_X + 2n);

/**
 * Π e(P, Q) as twelve integers, which are 1, 0, …, 0 when it is one: the exponent is a multiple of (p¹² − 1)/r that r does not divide.
 * @param room address of {@link PAIRING_ROOM} bytes
 */
export function pairingProduct(kernel: Kernel, pairs: readonly Pair[], room: number): bigint[] {
  const memory = new LaneRoom(kernel, room, PAIRING_ROOM);
  const [product, factor] = [memory.groups(ELEMENTS), memory.groups(ELEMENTS)];
  const one = memory.write([1n, ...Array<bigint>(ELEMENTS - 1).fill(0n)]);
  const values = Array.from({ length: LANES }, () => memory.elements(ELEMENTS));
  memory.toGroups(product, everywhere(one), ELEMENTS);
  const finite = pairs.flatMap(([p, q]) => (p === null || q === null ? [] : [[p, q] as const]));
  const loop = new MillerLoop(kernel, memory, one);
  for (let from = 0; from < finite.length; from += LANES) {
    const some = finite.slice(from, from + LANES);
    memory.toElements(values, loop.run(some), ELEMENTS);
    for (const value of values.slice(0, some.length)) {
      memory.toGroups(factor, everywhere(value), ELEMENTS);
      kernel.run('multiply12', product, product, factor);
    }
  }
  exponentiate(kernel, memory, product);
  memory.toElements(everywhere(values[0]), product, ELEMENTS);
  return memory.read(values[0], ELEMENTS);
}

class MillerLoop {
  readonly #kernel: Kernel;
  readonly #memory: LaneRoom;
  readonly #one: number;
  readonly #value: number;
  readonly #line: number;
  readonly #t: number;
  /** P, then Q, −Q, π(Q) and −π²(Q). */
  readonly #points: readonly number[];
  readonly #elements: readonly number[];
  readonly #frobenius: readonly Complex[] = frobeniusFactors(BASE_ORDER);

  /** @param one twelve elements */
  constructor(kernel: Kernel, memory: LaneRoom, one: number) {
    this.#kernel = kernel;
    this.#memory = memory;
    this.#one = one;
    this.#value = memory.groups(ELEMENTS);
    this.#line = memory.groups(ELEMENTS);
    this.#t = memory.groups(6);
    this.#points = Array.from({ length: 5 }, () => memory.groups(4));
    this.#elements = Array.from({ length: LANES }, () => memory.elements(6));
  }

  /** @returns address of the groups of the values, a lane for each pair; those of other lanes mean nothing */
  run(pairs: readonly (readonly [readonly bigint[], readonly bigint[]])[]): number {
    const [kernel, value, line, t] = [this.#kernel, this.#value, this.#line, this.#t];
    const [p, q, minusQ, first, second] = this.#points;
    const filled = this.#elements.map((_, lane) => pairs[lane] ?? [GENERATORS[1], GENERATORS[2]]);
    const write = (to: number, count: number, coordinates: (pair: (typeof filled)[number]) => readonly bigint[]) => {
      filled.forEach((pair, lane) => this.#memory.write(coordinates(pair), this.#elements[lane]));
      this.#memory.toGroups(to, this.#elements, count);
    };
    write(p, 4, ([[x, y]]) => [x, 0n, y, 0n]);
    write(q, 4, ([, coordinates]) => coordinates);
    write(minusQ, 4, ([, [x0, x1, y0, y1]]) => [x0, x1, negated(y0), negated(y1)]);
    write(first, 4, ([, coordinates]) => this.#frobeniusOf(coordinates));
    write(second, 4, ([, coordinates]) => {
      const [x0, x1, y0, y1] = this.#frobeniusOf(this.#frobeniusOf(coordinates));
      return [x0, x1, negated(y0), negated(y1)];
    });
    write(t, 6, ([, coordinates]) => [...coordinates, 1n, 0n]);
    this.#memory.toGroups(value, everywhere(this.#one), ELEMENTS);
    // What tangents and chords leave alone is zero.
    this.#memory.toGroups(line, everywhere(this.#one), ELEMENTS);

    const chord = (point: number) => {
      kernel.run('chord', line, t, point, p);
      kernel.run('multiply12', value, value, line);
    };
    for (const digit of LOOP.slice(1)) {
      kernel.run('square12', value, value);
      kernel.run('tangent', line, t, p);
      kernel.run('multiply12', value, value, line);
      if (digit !== 0) chord(digit === 1 ? q : minusQ);
    }
    chord(first);
    chord(second);
    return value;
  }

  /** π(Q): the Frobenius map of the curve, as the twist has it. */
  #frobeniusOf([x0, x1, y0, y1]: readonly bigint[]): bigint[] {
    return [
      ...multiplyComplex([x0, negated(x1)], this.#frobenius[2], BASE_ORDER),
      ...multiplyComplex([y0, negated(y1)], this.#frobenius[3], BASE_ORDER),
    ];
  }
}

/**
 * The power (p⁶ − 1)(p² + 1), and then 2x(6x² + 3x + 1) times (p⁴ − p² + 1)/r (L. Fuentes-Castañeda, E. Knapp, F. Rodríguez-Henríquez,
 * "Faster hashing to G2", SAC 2011): the latter is λ₀ + λ₁p + λ₂p² + λ₃p³ with λ₂ = 12x³ + 6x² + 6x, λ₁ = λ₂ − 2x, λ₀ = λ₂ + 6x² + 1, λ₃ = λ₁ − 1.
 */
function exponentiate(kernel: Kernel, memory: LaneRoom, value: number): void {
  const fresh = () => memory.groups(ELEMENTS);
  const of = (operation: string, ...args: number[]) => {
    const result = fresh();
    kernel.run(operation, result, ...args);
    return result;
  };
  const times = (x: number, y: number) => of('multiply12', x, y);
  const conjugate = (x: number) => of('conjugate12', x);
  const frobenius = (x: number, times: number): number => (times === 0 ? x : frobenius(of('frobenius12', x), times - 1));
  const toTheX = (x: number) => {
    const [, ...bits] = BN_X.toString(2);
    const result = of('conjugate12', conjugate(x));
    for (const bit of bits) {
      kernel.run('square12', result, result);
      if (bit === '1') kernel.run('multiply12', result, result, x);
    }
    return result;
  };

  const unitary = times(conjugate(value), of('inverse12', value));
  const f = times(frobenius(unitary, 2), unitary);
  const f2x = of('square12', toTheX(f));
  const f6x = times(of('square12', f2x), f2x);
  const f6x2 = toTheX(f6x);
  const f12x3 = toTheX(of('square12', f6x2));
  const a = times(times(f12x3, f6x2), f6x);
  // In what is unitary now, conjugates are inverses.
  const b = times(a, conjugate(f2x));
  const low = times(times(times(a, f6x2), f), frobenius(b, 1));
  const high = times(frobenius(a, 2), frobenius(times(b, conjugate(f)), 3));
  kernel.run('multiply12', value, low, high);
}

function nonAdjacent(value: bigint): readonly number[] {
  const digits: number[] = [];
  for (let rest = value; rest > 0n; rest >>= 1n) {
    const digit = rest % 2n === 0n ? 0 : rest % 4n === 1n ? 1 : -1;
    digits.unshift(digit);
    rest -= BigInt(digit);
  }
  return digits;
}
