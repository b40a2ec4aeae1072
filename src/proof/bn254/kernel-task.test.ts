/** Transforms, tables and quotients against sums that are written out. */
import { beforeAll, describe, expect, it } from 'vitest';
import { ELEMENT_BYTES } from '../../../kernels/field/field.ts';
import { SCALAR_ORDER } from '../../protocol/field.ts';
import { inverse, power } from '../../protocol/field-arithmetic.ts';
import { compileKernel, Kernel, type Arithmetic } from './kernel.ts';
import { KernelMemory } from './kernel-memory.ts';
import { runTask } from './kernel-task.ts';
import { rootOfUnity } from './root-of-unity.ts';

const EDGES = [0n, 1n, SCALAR_ORDER - 1n, SCALAR_ORDER - 2n, SCALAR_ORDER >> 1n, 2n ** 253n];

describe.each(['fused', 'integer'] as const)('tasks of the kernel, %s', (arithmetic: Arithmetic) => {
  const memory = new KernelMemory(false);
  let kernel: Kernel;
  let room: number;
  beforeAll(async () => {
    const compiled = await compileKernel(arithmetic, false);
    kernel = await Kernel.instantiate(compiled, memory.memory, memory.reserve(compiled.scratchBytes));
    room = memory.reserveElements(2);
  });
  const write = (values: readonly bigint[]) => {
    const at = memory.reserveElements(values.length);
    values.forEach((value, i) => kernel.writeScalar(at + i * ELEMENT_BYTES, value));
    return at;
  };
  const read = (at: number, count: number) => {
    const integers = memory.reserve(32 * count);
    kernel.run('writeScalars', integers, at, kernel.groups(count));
    const bytes = memory.bytes(integers, 32 * count);
    return Array.from({ length: count }, (_, i) => bytes.slice(32 * i, 32 * i + 32).reduceRight((sum, byte) => (sum << 8n) + BigInt(byte), 0n));
  };
  const powers = (base: bigint, log: number, start = 1n, reversed = false) => {
    const to = memory.reserveElements(2 ** log);
    runTask(kernel, { kind: 'powers', to, log, start, base, reversed }, room);
    return to;
  };
  const reverse = (i: number, log: number) =>
    Array.from({ length: log }, (_, bit) => ((i >> bit) & 1) << (log - 1 - bit)).reduce((sum, bit) => sum + bit, 0);

  it.each([0, 1, 2, 3, 7])('write powers, in order and in reversed order: 2^%i', (log) => {
    const expected = Array.from({ length: 2 ** log }, (_, i) => (5n * power(7n, BigInt(i))) % SCALAR_ORDER);
    expect(read(powers(7n, log, 5n), 2 ** log)).toEqual(expected);
    expect(read(powers(7n, log, 5n, true), 2 ** log)).toEqual(expected.map((_, i) => expected[reverse(i, log)]));
  });

  it.each([0, 1, 2, 3, 5, 14])('move values of a polynomial from the domain to its coset: 2^%i', (log) => {
    const size = 2 ** log;
    const coefficients = Array.from({ length: Math.min(size, 6) }, (_, i) => EDGES[i]);
    const at = (point: bigint) => coefficients.reduceRight((sum, coefficient) => (sum * point + coefficient) % SCALAR_ORDER, 0n);
    const [root, shift] = [rootOfUnity(log), rootOfUnity(log + 1)];
    const points = [1n];
    while (points.length < size) points.push((points[points.length - 1] * root) % SCALAR_ORDER);
    const data = write(points.map(at));
    const half = Math.max(0, log - 1);
    const tables = { roots: powers(root, half), inverseRoots: powers(inverse(root), half), coset: powers(shift, log, inverse(BigInt(size)), true) };
    runTask(kernel, { kind: 'to-coset', data, log, ...tables }, room);
    expect(read(data, size)).toEqual(points.map((point) => at((point * shift) % SCALAR_ORDER)));
  });

  it('give a·b − c as integers below the order', () => {
    const [as, bs] = [[...EDGES, 7n], [...EDGES, 7n].reverse()];
    const cs = as.map((value) => (value * value) % SCALAR_ORDER);
    const [a, b, c] = [write(as), write(bs), write(cs)];
    runTask(kernel, { kind: 'quotient', a, b, c, count: as.length }, room);
    const bytes = memory.bytes(c, 32 * as.length);
    const found = as.map((_, i) => bytes.slice(32 * i, 32 * i + 32).reduceRight((sum, byte) => (sum << 8n) + BigInt(byte), 0n));
    expect(found).toEqual(as.map((value, i) => (((value * bs[i] - cs[i]) % SCALAR_ORDER) + SCALAR_ORDER) % SCALAR_ORDER));
  });
});
