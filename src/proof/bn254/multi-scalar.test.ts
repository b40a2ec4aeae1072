/** Sums of points against a second implementation, on points and scalars where the formulas have no answer of their own. */
import { bn254 } from '@noble/curves/bn254.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileKernel, filePointBytes, Kernel, pointBytes, type Arithmetic, type Degree } from './kernel.ts';
import { roomFor, windowSums } from './multi-scalar.ts';
import { windowsOf, writeDigits } from './scalar-digits.ts';

const { Fp, Fr } = bn254.fields;

/** What both groups of the second implementation have, coordinates flattened. */
interface Point {
  add(other: Point): Point;
  negate(): Point;
  double(): Point;
  multiplyUnsafe(scalar: bigint): Point;
  equals(other: Point): boolean;
}

describe.each([
  ['G1', 'fused', 1, bn254.G1.Point],
  ['G2', 'fused', 2, bn254.G2.Point],
  ['G1', 'integer', 1, bn254.G1.Point],
  ['G2', 'integer', 2, bn254.G2.Point],
] as const)('sums in %s, %s', (_name, arithmetic: Arithmetic, degree: Degree, group) => {
  const [zero, base] = [group.ZERO as Point, group.BASE as Point];
  let kernel: Kernel;
  let free: number;

  const flat = (point: Point): bigint[] => {
    const { x, y } = (point as typeof group.BASE).toAffine() as { x: unknown; y: unknown };
    return degree === 1 ? [x as bigint, y as bigint] : [x, y].flatMap((value) => Object.values(value as { c0: bigint; c1: bigint }));
  };
  const pointOf = (values: readonly bigint[]): Point => {
    const [a = 0n, b = 0n, c = 0n, d = 0n] = values.map((value) => Fp.create(value));
    if (degree === 1) return bn254.G1.Point.fromAffine({ x: a, y: b });
    return bn254.G2.Point.fromAffine({ x: { c0: a, c1: b }, y: { c0: c, c1: d } });
  };
  /** As a key's file holds points: Montgomery form with R = 2^256, zeros for infinity. */
  const fileOf = (points: readonly Point[]): Uint8Array => {
    const bytes = new Uint8Array(points.length * filePointBytes(degree));
    points.forEach((point, i) => {
      if (point.equals(zero)) return;
      flat(point).forEach((value, j) => {
        const word = (value << 256n) % Fp.ORDER;
        for (let k = 0; k < 32; k++) bytes[i * filePointBytes(degree) + 32 * j + k] = Number((word >> BigInt(8 * k)) & 255n);
      });
    });
    return bytes;
  };
  const scalarsOf = (scalars: readonly bigint[]): Uint8Array => {
    const bytes = new Uint8Array(32 * scalars.length);
    scalars.forEach((scalar, i) => {
      for (let k = 0; k < 32; k++) bytes[32 * i + k] = Number((scalar >> BigInt(8 * k)) & 255n);
    });
    return bytes;
  };
  const sum = (points: readonly Point[], scalars: readonly bigint[], bits: number): Point => {
    const [count, windows] = [points.length, windowsOf(bits)];
    let end = free;
    const reserve = (bytes: number) => {
      const at = end;
      end = Math.ceil((end + bytes) / 16) * 16;
      return at;
    };
    const [file, at, infinite, digits] = [
      reserve((count + 4) * filePointBytes(degree)),
      reserve((count + 4) * pointBytes(degree)),
      reserve(count),
      reserve(2 * windows * count),
    ];
    const sums = reserve(windows * bits * pointBytes(degree));
    const room = reserve(roomFor(degree, count, bits, windows));
    const beyond = reserve(4096);
    const missing = end - kernel.memory.buffer.byteLength;
    if (missing > 0) kernel.memory.grow(Math.ceil(missing / 65_536));
    new Uint8Array(kernel.memory.buffer, file).set(fileOf(points));
    kernel.run('readCoordinates', at, file, kernel.groups(2 * degree * count));
    new Uint8Array(kernel.memory.buffer, infinite, count).set(points.map((point) => (point.equals(zero) ? 1 : 0)));
    writeDigits(scalarsOf(scalars), bits, new Int16Array(kernel.memory.buffer, digits, windows * count));
    new Uint8Array(kernel.memory.buffer, beyond, 4096).fill(0xab);
    const half = windows >> 1;
    for (const [from, to] of [
      [half, windows],
      [0, half],
    ])
      windowSums(kernel, { degree, points: at, infinite, count, digits, stride: count, bits, from, to, sums, room });
    expect(new Uint8Array(kernel.memory.buffer, beyond, 4096).every((byte) => byte === 0xab)).toBe(true);
    return Array.from({ length: windows * bits }, (_, i) => kernel.readPoint(degree, sums + i * pointBytes(degree))).reduce(
      (total, coordinates, i) => (coordinates === null ? total : total.add(pointOf(coordinates).multiplyUnsafe(2n ** BigInt(i) % Fr.ORDER))),
      zero,
    );
  };
  const naive = (points: readonly Point[], scalars: readonly bigint[]): Point =>
    points.reduce((total, point, i) => (scalars[i] === 0n ? total : total.add(point.multiplyUnsafe(scalars[i]))), zero);

  beforeAll(async () => {
    const compiled = await compileKernel(arithmetic, false);
    free = Math.ceil(compiled.scratchBytes / 65_536) * 65_536 + 65_536;
    const memory = new WebAssembly.Memory({ initial: free / 65_536 + 64, maximum: 65_536 });
    kernel = await Kernel.instantiate(compiled, memory, 65_536);
  });

  const many = (count: number): Point[] => {
    const points = [base];
    while (points.length < count) points.push(points.at(-1)!.double().add(base));
    return points;
  };
  const scattered = (count: number): bigint[] => Array.from({ length: count }, (_, i) => Fr.pow(7n, BigInt(i * i + 11)));

  it.each([4, 5, 8, 11])('are those of a naive sum, with digits of %i bits', (bits) => {
    const [points, scalars] = [many(75), scattered(75)];
    expect(sum(points, scalars, bits).equals(naive(points, scalars))).toBe(true);
  });

  it('hold for scalars at the edges: 0, 1, r − 1, and digits that carry all the way up', () => {
    const scalars = [0n, 1n, 2n, Fr.ORDER - 1n, Fr.ORDER - 2n, Fr.ORDER >> 1n, 2n ** 253n, 2n ** 253n - 1n, 15n, 16n, 17n, 31n, 32n];
    const points = many(scalars.length);
    for (const bits of [5, 7]) expect(sum(points, scalars, bits).equals(naive(points, scalars))).toBe(true);
  });

  it('hold where points are equal, each other’s negative, infinite, or all the same', () => {
    const opposite = [base, base.negate(), base, base.double(), base.double().negate(), zero, base.negate(), zero];
    for (const scalars of [opposite.map(() => 3n), scattered(opposite.length), opposite.map((_, i) => BigInt(i))])
      expect(sum(opposite, scalars, 4).equals(naive(opposite, scalars))).toBe(true);
    const same = Array.from({ length: 33 }, () => base);
    for (const scalars of [same.map(() => 1n), scattered(same.length)]) expect(sum(same, scalars, 5).equals(naive(same, scalars))).toBe(true);
  });

  it('are infinity where nothing is left', () => {
    expect(sum([base, base.negate()], [5n, 5n], 4).equals(zero)).toBe(true);
    expect(sum([zero, zero], [5n, 6n], 4).equals(zero)).toBe(true);
    expect(sum([base], [0n], 4).equals(zero)).toBe(true);
  });

  it('hold where one digit has more points than are added up together', () => {
    const few = many(40);
    const count = 40_000;
    const points = Array.from({ length: count }, (_, i) => few[i % few.length]);
    // All but a few have digit 1 in the lowest window.
    const scalars = Array.from({ length: count }, (_, i) => (i % 1000 === 0 ? BigInt(i) : 1n));
    const weights = few.map(() => 0n);
    scalars.forEach((scalar, i) => (weights[i % few.length] += scalar));
    expect(sum(points, scalars, 12).equals(naive(few, weights))).toBe(true);
  });

  it('fill more than one batch', () => {
    const few = many(40);
    const points = Array.from({ length: 3000 }, (_, i) => few[i % few.length]);
    const scalars = Array.from({ length: 3000 }, (_, i) => BigInt((i * 7919) % 64));
    expect(sum(points, scalars, 6).equals(naive(points, scalars))).toBe(true);
  });
});
