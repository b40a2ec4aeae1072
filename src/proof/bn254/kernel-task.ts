/** What a thread of the prover does: tasks over addresses of a memory that all threads see, each some milliseconds long. */
import { ELEMENT_BYTES } from '../../../kernels/field/field.ts';
import { combination, type BitSums, type Term } from './combination.ts';
import { writeMultiples, writeTable } from './generator-multiples.ts';
import { pointBytes, type Degree, type Kernel } from './kernel.ts';
import { windowSums, type WindowSums } from './multi-scalar.ts';
import { pairingProduct, type Pair } from './pairing.ts';
import { writeDigits } from './scalar-digits.ts';

export type KernelTask =
  /** Points as files hold them become points of the kernel; `infinite` gets a byte for each. */
  | {
      readonly kind: 'read-points';
      readonly degree: Degree;
      readonly from: number;
      readonly to: number;
      readonly count: number;
      readonly infinite: number;
    }
  | { readonly kind: 'read-coefficients'; readonly from: number; readonly to: number; readonly count: number }
  | { readonly kind: 'read-scalars'; readonly from: number; readonly to: number; readonly count: number }
  /** start·base^0 … start·base^(2^log − 1), or in bit-reversed order. */
  | { readonly kind: 'powers'; readonly to: number; readonly log: number; readonly start: bigint; readonly base: bigint; readonly reversed: boolean }
  /** A·w, B·w and their product, each of `count` elements, the three side by side. */
  | { readonly kind: 'rows'; readonly to: number; readonly count: number; readonly stride: number; readonly entries: number; readonly groups: number }
  /** From values on the domain to values on its coset. */
  | {
      readonly kind: 'to-coset';
      readonly data: number;
      readonly log: number;
      readonly roots: number;
      readonly inverseRoots: number;
      readonly coset: number;
    }
  /** a·b − c as integers, written over c. */
  | { readonly kind: 'quotient'; readonly a: number; readonly b: number; readonly c: number; readonly count: number }
  | {
      readonly kind: 'digits';
      readonly scalars: number;
      readonly count: number;
      readonly bits: number;
      readonly windows: number;
      readonly to: number;
    }
  /** The table of a generator's small multiples, then multiples by scalars, as key files hold points. */
  | { readonly kind: 'generator-table'; readonly degree: Degree; readonly to: number }
  | {
      readonly kind: 'multiples';
      readonly degree: Degree;
      readonly table: number;
      readonly scalars: number;
      readonly count: number;
      readonly to: number;
    }
  | ({ readonly kind: 'window-sums' } & Omit<WindowSums, 'room'>)
  | { readonly kind: 'combination'; readonly degree: Degree; readonly sums: readonly BitSums[]; readonly terms: readonly Term[] }
  | { readonly kind: 'pairing'; readonly pairs: readonly Pair[] };

/** The sum for `combination`, null for infinity, and the value for `pairing`; nothing for the others. */
export type TaskResult = readonly bigint[] | null;

const NOTHING: TaskResult = null;

/** @param room address of the thread's own room: what each task's own words say, two elements for powers */
export function runTask(kernel: Kernel, task: KernelTask, room: number): TaskResult {
  switch (task.kind) {
    case 'read-points': {
      const { degree, from, to, count, infinite } = task;
      kernel.run('readCoordinates', to, from, kernel.groups(2 * degree * count));
      markInfinite(kernel, degree, to, count, infinite);
      return NOTHING;
    }
    case 'read-coefficients':
      kernel.run('readCoefficients', task.to, task.from, kernel.groups(task.count));
      return NOTHING;
    case 'read-scalars':
      kernel.run('readScalars', task.to, task.from, kernel.groups(task.count));
      return NOTHING;
    case 'powers':
      writePowers(kernel, task, room);
      return NOTHING;
    case 'rows': {
      const { to, count, stride, entries, groups } = task;
      new Uint8Array(kernel.memory.buffer, to, 3 * stride).fill(0);
      kernel.run('addRows', entries, groups);
      kernel.run('timesEach', to + 2 * stride, to, to + stride, kernel.groups(count));
      return NOTHING;
    }
    case 'to-coset': {
      const { data, log, roots, inverseRoots, coset } = task;
      transform(kernel, 'fromNatural', data, log, inverseRoots);
      kernel.run('timesEach', data, data, coset, kernel.groups(2 ** log));
      transform(kernel, 'toNatural', data, log, roots);
      return NOTHING;
    }
    case 'quotient': {
      const { a, b, c, count } = task;
      kernel.run('quotient', a, a, b, c, kernel.groups(count));
      kernel.run('writeScalars', c, a, kernel.groups(count));
      return NOTHING;
    }
    case 'digits': {
      const { scalars, count, bits, windows, to } = task;
      const { buffer } = kernel.memory;
      writeDigits(new Uint8Array(buffer, scalars, 32 * count), bits, new Int16Array(buffer, to, windows * count));
      return NOTHING;
    }
    case 'generator-table':
      writeTable(kernel, task.degree, task.to, room);
      return NOTHING;
    case 'multiples': {
      const { degree, table, scalars, count, to } = task;
      writeMultiples(kernel, degree, table, new Uint8Array(kernel.memory.buffer, scalars, 32 * count), to, room);
      return NOTHING;
    }
    case 'window-sums':
      windowSums(kernel, { ...task, room });
      return NOTHING;
    case 'combination':
      return combination(kernel, task.degree, task.sums, task.terms, room);
    case 'pairing':
      return pairingProduct(kernel, task.pairs, room);
  }
}

/** Passes over blocks that fit the second-level cache go through one block after the other. */
const CACHED_LOG = 13;

/** @param roots powers of a root of unity of order 2^log */
function transform(kernel: Kernel, name: 'fromNatural' | 'toNatural', data: number, log: number, roots: number): void {
  const blockLog = Math.min(CACHED_LOG, log);
  const pass = (at: number, size: number, half: number) => kernel.run(name, at, size, half, roots, log - half - 1);
  const wide = () => {
    for (let step = blockLog; step < log; step++) pass(data, log, name === 'toNatural' ? step : log - 1 - (step - blockLog));
  };
  const narrow = () => {
    for (let block = 0; block < 2 ** (log - blockLog); block++) {
      const at = data + block * 2 ** blockLog * ELEMENT_BYTES;
      for (let step = 0; step < blockLog; step++) pass(at, blockLog, name === 'toNatural' ? step : blockLog - 1 - step);
    }
  };
  if (name === 'fromNatural') {
    wide();
    narrow();
  } else {
    narrow();
    wide();
  }
}

/** By doubling: what is there already, times one more power. */
function writePowers(kernel: Kernel, { to, log, start, base, reversed }: Extract<KernelTask, { kind: 'powers' }>, room: number): void {
  const { prime } = kernel.scalar;
  kernel.writeScalar(to, start);
  const squares = [base];
  for (let i = 1; i < log; i++) squares.push((squares[i - 1] * squares[i - 1]) % prime);
  for (let done = 0; done < log; done++) {
    const half = 2 ** done;
    kernel.writeScalar(room, reversed ? squares[log - 1 - done] : squares[done]);
    kernel.run('timesOne', to + half * ELEMENT_BYTES, to, room, kernel.groups(half));
  }
}

function markInfinite(kernel: Kernel, degree: Degree, points: number, count: number, infinite: number): void {
  const stride = pointBytes(degree) / 4;
  const words = new Uint32Array(kernel.memory.buffer, points, count * stride);
  const marks = new Uint8Array(kernel.memory.buffer, infinite, count);
  for (let i = 0; i < count; i++) {
    let word = 0;
    // The highest bit is a double's sign: zero has two.
    while (word < stride && (words[i * stride + word] & 0x7fffffff) === 0) word++;
    marks[i] = word === stride ? 1 : 0;
  }
}
