/** The field in doubles against BigInt, at values where limbs, carries and signs turn. */
import { bn254 } from '@noble/curves/bn254.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { fusesMultiplyAdd } from '../wasm/fused-multiply-add.ts';
import { ModuleBuilder } from '../wasm/module-builder.ts';
import { FUSED_RADIX, FusedField, LIMBS, balancedLimbs } from './fused-field.ts';

const SCRATCH = 1024;
const [X, Y, Z] = [65_536, 65_616, 65_696] as const;

interface Kernel {
  readonly multiply: (z: number, x: number, y: number) => void;
  readonly square: (z: number, x: number) => void;
  readonly reduceSum: (z: number, x: number, y: number) => void;
  readonly reduceDifference: (z: number, x: number, y: number) => void;
}

describe.each([
  ['base', bn254.fields.Fp],
  ['scalar', bn254.fields.Fr],
] as const)('the %s field in doubles', (_name, exact) => {
  const prime = exact.ORDER;
  const radix = exact.create(FUSED_RADIX);
  const field = new FusedField(prime);
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 65_536 });
  const doubles = new Float64Array(memory.buffer);
  let kernel: Kernel;

  beforeAll(async () => {
    expect(await fusesMultiplyAdd()).toBe(true);
    const module = new ModuleBuilder();
    module.define('multiply', 3, (f, z, x, y) => field.store(f, z, field.multiply(f, field.load(f, x), field.load(f, y))));
    module.define('square', 2, (f, z, x) => field.store(f, z, field.square(f, field.load(f, x))));
    module.define('reduceSum', 3, (f, z, x, y) => field.store(f, z, field.reduce(f, field.add(f, field.load(f, x), field.load(f, y)))));
    module.define('reduceDifference', 3, (f, z, x, y) => field.store(f, z, field.reduce(f, field.subtract(f, field.load(f, x), field.load(f, y)))));
    const { instance } = await WebAssembly.instantiate(module.bytes(false), { env: { memory, scratch: SCRATCH } });
    kernel = instance.exports as unknown as Kernel;
  });

  const put = (at: number, lanes: readonly bigint[]) =>
    lanes.forEach((value, lane) => balancedLimbs(value, prime).forEach((limb, i) => (doubles[at / 8 + 2 * i + lane] = limb)));
  const limbs = (at: number, lane: number) => Array.from({ length: LIMBS }, (_, i) => doubles[at / 8 + 2 * i + lane]!);
  const get = (at: number, lane: number) => exact.create(limbs(at, lane).reduceRight((value, limb) => (value << 51n) + BigInt(limb), 0n));
  const edges = [
    0n,
    1n,
    2n,
    prime - 1n,
    prime - 2n,
    prime >> 1n,
    (prime >> 1n) + 1n,
    (1n << 51n) - 1n,
    1n << 50n,
    (1n << 50n) + 1n,
    (1n << 253n) - 1n,
  ];
  const allOnes = Array.from({ length: LIMBS }, (_, i) => (1n << (51n * BigInt(i + 1) - 2n)) - 1n);
  const values = [
    ...edges,
    ...allOnes.map((value) => exact.create(value)),
    ...Array.from({ length: 40 }, (_, i) => exact.pow(5n, BigInt(i * i + 3))),
  ];

  it('multiplies, squares, adds and subtracts as integers do', () => {
    for (const x of values) {
      for (const y of values) {
        put(X, [x, y]);
        put(Y, [y, x]);
        kernel.multiply(Z, X, Y);
        const product = exact.div(exact.mul(x, y), radix);
        expect([get(Z, 0), get(Z, 1)]).toEqual([product, product]);
        kernel.reduceSum(Z, X, Y);
        expect(get(Z, 0)).toBe(exact.add(x, y));
        kernel.reduceDifference(Z, X, Y);
        expect([get(Z, 0), get(Z, 1)]).toEqual([exact.sub(x, y), exact.sub(y, x)]);
      }
      put(X, [x, exact.neg(x)]);
      kernel.square(Z, X);
      const square = exact.div(exact.mul(x, x), radix);
      expect([get(Z, 0), get(Z, 1)]).toEqual([square, square]);
    }
  });

  it('takes limbs as large as it says, of either sign, and gives them back balanced', () => {
    for (let signs = 0; signs < 2 ** (2 * LIMBS); signs += 7) {
      const fill = (at: number, from: number, size: number) => {
        for (let i = 0; i < LIMBS; i++) for (const lane of [0, 1]) doubles[at / 8 + 2 * i + lane] = (signs >> (from + i)) & 1 ? -size : size;
      };
      fill(X, 0, 2 ** 51);
      fill(Y, LIMBS, 2 ** 50);
      const [x, y] = [get(X, 0), get(Y, 0)];
      kernel.multiply(Z, X, Y);
      expect(get(Z, 0)).toBe(exact.div(exact.mul(x, y), radix));
      for (const limb of limbs(Z, 0).slice(0, -1)) expect(Math.abs(limb)).toBeLessThanOrEqual(2 ** 50);
      kernel.square(Z, Y);
      expect(get(Z, 0)).toBe(exact.div(exact.mul(y, y), radix));
    }
  });

  it('keeps values bounded through any chain of sums and products', () => {
    put(X, [prime - 1n, prime >> 1n]);
    let expected = prime - 1n;
    for (let i = 0; i < 500; i++) {
      kernel.reduceSum(Y, X, X);
      kernel.multiply(X, X, Y);
      expected = exact.div(exact.mul(expected, exact.add(expected, expected)), radix);
      expect(Math.abs(limbs(X, 0)[LIMBS - 1]!)).toBeLessThan(2 ** 51);
    }
    expect(get(X, 0)).toBe(expected);
  });
});
