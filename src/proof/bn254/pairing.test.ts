/** Few points and pairings against a second implementation. */
import { bn254 } from '@noble/curves/bn254.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { SCALAR_ORDER } from '../../protocol/field.ts';
import { combination, combinationRoom } from './combination.ts';
import { compileKernel, Kernel, type Arithmetic } from './kernel.ts';
import { PAIRING_ROOM, pairingProduct, type Pair } from './pairing.ts';

const { G1, G2 } = bn254;
const ONE = [1n, ...Array<bigint>(11).fill(0n)];

const flat1 = (point: typeof G1.Point.BASE): readonly bigint[] | null => {
  if (point.is0()) return null;
  const { x, y } = point.toAffine();
  return [x, y];
};
const flat2 = (point: typeof G2.Point.BASE): readonly bigint[] | null => {
  if (point.is0()) return null;
  const { x, y } = point.toAffine();
  return [x.c0, x.c1, y.c0, y.c1];
};

describe.each<Arithmetic>(['fused', 'integer'])('with %s arithmetic', (arithmetic) => {
  let kernel: Kernel;
  let room: number;
  beforeAll(async () => {
    const compiled = await compileKernel(arithmetic, false);
    const bytes = compiled.scratchBytes + Math.max(PAIRING_ROOM, combinationRoom(300)) + 128;
    const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / 65_536), maximum: 65_536 });
    kernel = await Kernel.instantiate(compiled, memory, 64);
    room = Math.ceil((64 + compiled.scratchBytes) / 64) * 64;
  });
  const random = () => BigInt(`0x${Buffer.from(bn254.utils.randomSecretKey()).toString('hex')}`);

  it.each([1, 2] as const)('adds up multiples of few points of G%i', (degree) => {
    const base = (degree === 1 ? G1.Point.BASE : G2.Point.BASE) as typeof G1.Point.BASE;
    const flat = (degree === 1 ? flat1 : flat2) as typeof flat1;
    const sum = (...terms: readonly (readonly [bigint, bigint])[]) => {
      const points = terms.map(([multiple, scalar]) => ({ point: flat(base.multiplyUnsafe(multiple)), scalar }));
      expect(combination(kernel, degree, [], points, room)).toEqual(
        flat(base.multiplyUnsafe(terms.reduce((total, [multiple, scalar]) => total + multiple * scalar, 0n) % SCALAR_ORDER)),
      );
    };
    sum();
    sum([5n, 0n]);
    sum([0n, 7n]);
    sum([1n, 1n]);
    sum([5n, SCALAR_ORDER]);
    sum([5n, 3n], [SCALAR_ORDER - 15n, 1n]);
    sum([5n, 2n], [10n, 1n], [2n, 1n << 260n]);
    sum(...Array.from({ length: 9 }, () => [random(), random()] as const));
    // The same point in all lanes, and its negative.
    sum([3n, 5n], [3n, 5n], [3n, 5n], [3n, 5n]);
    sum([3n, 5n], [3n, 5n], [SCALAR_ORDER - 3n, 5n], [SCALAR_ORDER - 3n, 5n]);
  });

  it('finds a product of pairings to be one exactly when it is', () => {
    const [a, b, c] = [random(), random(), random()];
    const pair = (p: bigint, q: bigint): Pair => [flat1(G1.Point.BASE.multiplyUnsafe(p)), flat2(G2.Point.BASE.multiplyUnsafe(q))];
    const product = (...pairs: readonly Pair[]) => pairingProduct(kernel, pairs, room);
    expect(product()).toEqual(ONE);
    expect(product(pair(0n, 1n), pair(1n, 0n))).toEqual(ONE);
    expect(product(pair(1n, 1n))).not.toEqual(ONE);
    expect(product(pair(a, b), pair(SCALAR_ORDER - a, b))).toEqual(ONE);
    expect(product(pair(a, b), pair(SCALAR_ORDER - b, a))).toEqual(ONE);
    expect(product(pair(a, b), pair(SCALAR_ORDER - b, a + 1n))).not.toEqual(ONE);
    expect(product(pair(a, b), pair(b, c), pair(c, a), pair((3n * SCALAR_ORDER * SCALAR_ORDER - a * b - b * c - c * a) % SCALAR_ORDER, 1n))).toEqual(
      ONE,
    );
    expect(product(pair(a, 1n), pair(b, 1n), pair(c, 1n), pair(1n, 1n), pair((4n * SCALAR_ORDER - a - b - c - 1n) % SCALAR_ORDER, 1n))).toEqual(ONE);
  });

  it('gives what the second implementation gives, whose exponent is the same multiple', () => {
    const [p, q] = [G1.Point.BASE.multiplyUnsafe(random()), G2.Point.BASE.multiplyUnsafe(random())];
    const ours = pairingProduct(kernel, [[flat1(p), flat2(q)]], room);
    const theirs = bn254.pairing(p, q);
    const flat = [theirs.c0, theirs.c1].flatMap(({ c0, c1, c2 }) => [c0, c1, c2]).flatMap(({ c0, c1 }) => [c0, c1]);
    expect(ours).toEqual(flat);
  });
});
