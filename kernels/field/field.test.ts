/** Both arithmetics against BigInt, at values where limbs, carries and signs turn. */
import { bn254 } from '@noble/curves/bn254.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { i32, type I32 } from '../wasm/expression.ts';
import { fusesMultiplyAdd } from '../wasm/fused-multiply-add.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import { ModuleBuilder } from '../wasm/module-builder.ts';
import { ELEMENT_BYTES, LANES, type Field, type Value } from './field.ts';
import { FusedField } from './fused-field.ts';
import { IntegerField } from './integer-field.ts';

const SCRATCH = 1024;
const [X, Y, Z] = [65_536, 66_536, 67_536] as const;
type Operation = (z: number, x: number, y: number) => void;

describe.each([
  ['base', 'fused', bn254.fields.Fp, FusedField],
  ['scalar', 'fused', bn254.fields.Fr, FusedField],
  ['base', 'integers', bn254.fields.Fp, IntegerField],
  ['scalar', 'integers', bn254.fields.Fr, IntegerField],
] as const)('the %s field, %s', (_name, _arithmetic, exact, Arithmetic) => {
  const prime = exact.ORDER;
  const field: Field = new Arithmetic(prime);
  const radix = exact.create(field.radix);
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 65_536 });
  const bytes = new Uint8Array(memory.buffer);
  let run: Readonly<Record<string, Operation>>;

  beforeAll(async () => {
    expect(await fusesMultiplyAdd()).toBe(true);
    const module = new ModuleBuilder();
    const places = (f: FunctionBuilder, at: I32) => Array.from({ length: LANES }, (_, lane) => f.let(i32.add(at, i32.of(lane * ELEMENT_BYTES))));
    const integers = (f: FunctionBuilder, at: I32) => Array.from({ length: LANES }, (_, lane) => f.let(i32.add(at, i32.of(lane * 32))));
    const define = (name: string, compute: (f: FunctionBuilder, x: Value, y: Value) => Value) =>
      module.define(name, 3, (f, z, x, y) =>
        field.scatter(f, places(f, z), compute(f, field.gather(f, places(f, x), 0), field.gather(f, places(f, y), 0)), 0),
      );
    define('multiply', (f, x, y) => field.multiply(f, x, y));
    define('square', (f, x) => field.square(f, x));
    const room = [0, 1, 2].map(() => module.scratch(2 * ELEMENT_BYTES * LANES));
    const complex = (f: FunctionBuilder, x: Value, y: Value, part: 0 | 1) => {
      const second = ELEMENT_BYTES * LANES;
      field.store(f, room[1], field.subtract(f, x, y));
      field.store(f, room[1], x, second);
      field.store(f, room[2], y);
      field.store(f, room[2], x, second);
      field.multiplyComplex(f, room[0], room[1], room[2]);
      return field.load(f, room[0], part * second);
    };
    define('real', (f, x, y) => complex(f, x, y, 0));
    define('imaginary', (f, x, y) => complex(f, x, y, 1));
    define('differenceTimes', (f, x, y) => field.multiply(f, field.subtract(f, x, y), y));
    define('sum', (f, x, y) => field.reduce(f, field.add(f, x, y)));
    define('difference', (f, x, y) => field.reduce(f, field.subtract(f, x, y)));
    define('whichIsZero', (f, x, y) => {
      const difference = field.reduce(f, field.subtract(f, x, y));
      return field.select(f, field.constant(f, 1n), field.constant(f, 0n), field.isZero(f, difference));
    });
    define('negateOdd', (f, x) => {
      const bits = Array.from({ length: LANES }, (_, lane) => i32.of(lane % 2));
      return field.reduce(f, field.negateWhere(f, x, field.mask(f, bits)));
    });
    module.define('read', 3, (f, z, x) =>
      field.scatter(
        f,
        places(f, z),
        field.multiply(f, field.gatherIntegers(f, integers(f, x)), field.constant(f, exact.create(field.radix * field.radix))),
        0,
      ),
    );
    module.define('write', 3, (f, z, x) =>
      field.scatterIntegers(f, integers(f, z), field.multiply(f, field.gather(f, places(f, x), 0), field.constant(f, 1n))),
    );
    const { instance } = await WebAssembly.instantiate(module.bytes(false), { env: { memory, scratch: SCRATCH } });
    run = instance.exports as unknown as typeof run;
  });

  const put = (at: number, values: readonly bigint[]) => values.forEach((value, lane) => bytes.set(field.encode(value), at + lane * ELEMENT_BYTES));
  const get = (at: number) =>
    Array.from({ length: LANES }, (_, lane) => field.decode(bytes.subarray(at + lane * ELEMENT_BYTES, at + (lane + 1) * ELEMENT_BYTES)));
  /** Every lane has a neighbour that must not disturb it. */
  const spread = (value: bigint, other: bigint) => Array.from({ length: LANES }, (_, lane) => (lane % 2 === 0 ? value : other));
  const apply = (name: string, x: readonly bigint[], y: readonly bigint[]) => {
    put(X, x);
    put(Y, y);
    run[name](Z, X, Y);
    return get(Z);
  };
  const limbEdges = [29, 51].flatMap((bits) =>
    Array.from({ length: Math.floor(253 / bits) }, (_, i) => [
      1n << BigInt(bits * (i + 1)),
      (1n << BigInt(bits * (i + 1))) - 1n,
      1n << BigInt(bits * (i + 1) - 1),
    ]).flat(),
  );
  const edges = [0n, 1n, 2n, prime - 1n, prime - 2n, prime >> 1n, (prime >> 1n) + 1n, (1n << 253n) - 1n, ...limbEdges].map((value) =>
    exact.create(value),
  );
  const values = [...edges, ...Array.from({ length: 20 }, (_, i) => exact.pow(5n, BigInt(i * i + 3)))];

  it('computes what integers do', () => {
    const divided = (value: bigint) => exact.div(exact.create(value), radix);
    const expected: Readonly<Record<string, (x: bigint, y: bigint) => bigint>> = {
      multiply: (x, y) => divided(x * y),
      square: (x) => divided(x * x),
      real: (x, y) => divided((x - y) * y - x * x),
      imaginary: (x, y) => divided((x - y) * x + x * y),
      differenceTimes: (x, y) => divided((x - y) * y),
      sum: (x, y) => exact.add(x, y),
      difference: (x, y) => exact.sub(x, y),
      whichIsZero: (x, y) => (x === y ? 1n : 0n),
    };
    for (const x of values) {
      for (const y of values) {
        for (const [name, compute] of Object.entries(expected)) {
          const [xs, ys] = [spread(x, y), spread(y, x)];
          expect(apply(name, xs, ys), `${name} ${x} ${y}`).toEqual(xs.map((value, lane) => compute(value, ys[lane])));
        }
      }
      expect(apply('negateOdd', spread(x, x), spread(x, x))).toEqual(spread(x, exact.neg(x)));
    }
  });

  it('reads and writes integers of 32 bytes, and writes them below p', () => {
    const integer = (at: number, lane: number) =>
      [...bytes.subarray(at + 32 * lane, at + 32 * (lane + 1))].reduceRight((sum, byte) => (sum << 8n) + BigInt(byte), 0n);
    for (const value of [...values, prime, prime + 1n, (1n << 255n) - 1n, 1n << 254n]) {
      for (let lane = 0; lane < LANES; lane++)
        for (let i = 0; i < 32; i++) bytes[X + 32 * lane + i] = Number(((value ^ BigInt(lane % 2)) >> BigInt(8 * i)) & 255n);
      run['read'](Y, X, X);
      run['write'](Z, Y, X);
      for (let lane = 0; lane < LANES; lane++) expect(integer(Z, lane)).toBe(exact.create(value ^ BigInt(lane % 2)));
    }
  });

  it('keeps values in bounds through any chain of sums and products', () => {
    let expected = prime - 1n;
    let x = spread(expected, expected);
    for (let i = 0; i < 500; i++) {
      x = apply('multiply', x, apply('sum', x, x));
      expected = exact.div(exact.mul(expected, exact.add(expected, expected)), radix);
    }
    expect(x).toEqual(spread(expected, expected));
  });
});

describe('the field in doubles', () => {
  it('takes limbs as large as it says, of either sign, and gives them back balanced', async () => {
    const { Fp } = bn254.fields;
    const field = new FusedField(Fp.ORDER);
    const memory = new WebAssembly.Memory({ initial: 2, maximum: 65_536 });
    const doubles = new Float64Array(memory.buffer);
    const module = new ModuleBuilder();
    module.define('multiply', 3, (f, z, x, y) => field.store(f, z, field.multiply(f, field.load(f, x), field.load(f, y))));
    module.define('square', 3, (f, z, x) => field.store(f, z, field.square(f, field.load(f, x))));
    const { instance } = await WebAssembly.instantiate(module.bytes(false), { env: { memory, scratch: SCRATCH } });
    const run = instance.exports as unknown as Readonly<Record<string, Operation>>;
    const limbs = (at: number) => Array.from({ length: 5 }, (_, i) => doubles[at / 8 + 2 * i]);
    const get = (at: number) => Fp.create(limbs(at).reduceRight((value, limb) => (value << 51n) + BigInt(limb), 0n));
    const radix = Fp.create(field.radix);
    for (let signs = 0; signs < 2 ** 10; signs++) {
      const fill = (at: number, from: number, size: number) => {
        for (let i = 0; i < 20; i++) doubles[at / 8 + i] = (signs >> (from + ((i >> 1) % 5))) & 1 ? -size : size;
      };
      fill(X, 0, 2 ** 51);
      fill(Y, 5, 2 ** 50);
      const [x, y] = [get(X), get(Y)];
      run['multiply'](Z, X, Y);
      expect(get(Z)).toBe(Fp.div(Fp.mul(x, y), radix));
      for (const limb of limbs(Z).slice(0, -1)) expect(Math.abs(limb)).toBeLessThanOrEqual(2 ** 50);
      run['square'](Z, Y, Y);
      expect(get(Z)).toBe(Fp.div(Fp.mul(y, y), radix));
    }
  });
});
