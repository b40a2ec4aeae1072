/** A proving key in the kernel's memory: its points and coefficients converted once, section by section, for any number of proofs. */
import { ELEMENT_BYTES, LANES } from '../../../kernels/field/field.ts';
import { ROW_ENTRY_BYTES } from '../../../kernels/polynomial/row-sums.ts';
import { fail, ok, type Result } from '../../protocol/result.ts';
import { filePointBytes, pointBytes, type Degree } from '../bn254/kernel.ts';
import { SLACK, type KernelMemory } from '../bn254/kernel-memory.ts';
import type { KernelThreads } from '../bn254/kernel-threads.ts';
import { rootOfUnity } from '../bn254/root-of-unity.ts';
import { inverse } from '../../protocol/field-arithmetic.ts';
import type { KeyFileFailure, ProvingKeyFile } from './proving-key.ts';
import { rangesOf, readAhead } from './read-ahead.ts';
import { COEFFICIENT_BYTES, RowDealer, type RowEntries } from './row-entries.ts';
import type { SectionPlace } from './section-table.ts';

export interface LoadedKey extends Polynomials {
  readonly file: ProvingKeyFile;
  readonly threads: KernelThreads;
  readonly memory: KernelMemory;
  readonly points: Readonly<Record<PointsName, LoadedPoints>>;
  /** Entries of A and B for `addRows`, so many groups. */
  readonly entries: number;
  readonly groups: number;
  /** When each part is converted: what a proof waits for before it uses it. Rejected when the file cannot be read to its end. */
  readonly ready: Readonly<Record<PointsName | 'tables' | 'coefficients', Promise<unknown>>>;
  /** When all of them are: the file is not read any more. */
  readonly loaded: Promise<unknown>;
  /** Everything from here on is free for one proof. */
  readonly free: number;
}

export interface LoadedPoints {
  readonly degree: Degree;
  readonly points: number;
  readonly infinite: number;
  readonly count: number;
}

interface Polynomials {
  readonly roots: number;
  readonly inverseRoots: number;
  readonly coset: number;
  /** Three arrays of the domain's size, `stride` bytes apart. */
  readonly polynomials: number;
  readonly stride: number;
  /** The witness: as integers, and as elements. */
  readonly scalars: number;
  readonly elements: number;
}

interface Loading {
  readonly file: ProvingKeyFile;
  readonly memory: KernelMemory;
  readonly threads: KernelThreads;
  /** The next bytes: of the rows, each entry whole, then of the points in {@link POINTS_ORDER}. */
  readonly next: () => Promise<Uint8Array>;
}

/** Rows first: the quotient needs nothing else, and fills the threads while points come in. Then what takes longest to add up. */
const POINTS_ORDER = ['b2', 'a', 'b1', 'c', 'h'] as const;
export type PointsName = (typeof POINTS_ORDER)[number];

/**
 * Resolves when the rows are in and all else has its place: proofs may begin, and wait for what they need.
 * @param threads over this memory, which nothing else uses; they are ended when the key cannot be used
 * @param onProgress bytes of the key that are in, of how many
 */
export async function loadKey(
  file: ProvingKeyFile,
  memory: KernelMemory,
  threads: KernelThreads,
  onProgress: (done: number, of: number) => void,
): Promise<Result<LoadedKey, KeyFileFailure>> {
  threads.giveRooms(Array.from({ length: threads.count }, () => memory.reserveElements(2)));
  const ranges = [...rangesOf(rowsPlace(file), COEFFICIENT_BYTES), ...POINTS_ORDER.flatMap((name) => rangesOf(file.places[name], 1))];
  const of = ranges.reduce((sum, { length }) => sum + length, 0);
  let done = 0;
  const nextRange = readAhead(file.source, ranges);
  const loading: Loading = {
    file,
    memory,
    threads,
    async next() {
      const bytes = await nextRange();
      threads.throwIfEnded();
      done += bytes.length;
      onProgress(done, of);
      return bytes;
    },
  };
  try {
    const { polynomials, tables } = layPolynomials(loading);
    const rows = await loadRows(loading, polynomials);
    if (!rows.ok) {
      threads.end();
      return rows;
    }
    const points = Object.fromEntries(POINTS_ORDER.map((name) => [name, placeOf(loading, name)])) as Record<PointsName, LoadedPoints>;
    const free = memory.reserve(0);
    const { ready, loaded } = loadPoints(loading, points);
    const { entries, groups, coefficients } = rows.value;
    return ok({
      file,
      threads,
      memory,
      points,
      ...polynomials,
      entries,
      groups,
      ready: { tables, coefficients, ...ready },
      loaded: heard(Promise.all([tables, coefficients, loaded])),
      free,
    });
  } catch (error) {
    threads.end();
    throw error;
  }
}

/** Writes zeros over the witness and everything that a proof made of it. */
export function wipeWitness({ file, memory, polynomials, stride, scalars, elements, free }: LoadedKey): void {
  memory.bytes(polynomials, 3 * stride).fill(0);
  memory.bytes(scalars, file.wires * 32).fill(0);
  memory.bytes(elements, file.wires * ELEMENT_BYTES).fill(0);
  memory.bytes(free, memory.memory.buffer.byteLength - free).fill(0);
}

/** Tables of the transforms, and places for polynomials and witness. */
function layPolynomials({ file, memory, threads }: Loading): { readonly polynomials: Polynomials; readonly tables: Promise<unknown> } {
  const domainSize = 2 ** file.log;
  const half = Math.max(0, file.log - 1);
  const [roots, inverseRoots, coset] = [memory.reserveElements(2 ** half), memory.reserveElements(2 ** half), memory.reserveElements(domainSize)];
  const root = rootOfUnity(file.log);
  // Values come back from the inverse transform n times too large, and in bit-reversed order.
  const [size, shift] = [inverse(BigInt(domainSize)), rootOfUnity(file.log + 1)];
  const powers = [
    { to: coset, log: file.log, start: size, base: shift, reversed: true },
    { to: roots, log: half, start: 1n, base: root, reversed: false },
    { to: inverseRoots, log: half, start: 1n, base: inverse(root), reversed: false },
  ];
  const tables = heard(Promise.all(powers.map((table) => threads.run({ kind: 'powers', ...table }, 0))));
  const stride = Math.ceil((domainSize * ELEMENT_BYTES + SLACK) / 64) * 64;
  const polynomials = {
    roots,
    inverseRoots,
    coset,
    polynomials: memory.reserve(3 * stride),
    stride,
    scalars: memory.reserve(file.wires * 32),
    elements: memory.reserveElements(file.wires),
  };
  return { polynomials, tables };
}

interface Rows {
  readonly entries: number;
  readonly groups: number;
  /** When they are converted. */
  readonly coefficients: Promise<unknown>;
}

/** This thread deals them out, while the others make tables. */
async function loadRows(loading: Loading, polynomials: Polynomials): Promise<Result<Rows, KeyFileFailure>> {
  const { file, memory, threads, next } = loading;
  const dealer = new RowDealer(2 ** file.log, file.wires, file.entries);
  for (let left = rowsPlace(file).length; left > 0;) {
    const bytes = await next();
    if (!dealer.add(bytes)) return fail({ kind: 'truncated-key', section: 4 });
    left -= bytes.length;
  }
  const dealt = dealer.finish();
  const distinct = dealt.coefficients.length / 32;
  const coefficients = memory.reserveElements(distinct);
  const from = coefficients + distinct * (ELEMENT_BYTES - 32);
  memory.bytes(from, dealt.coefficients.length).set(dealt.coefficients);
  const converted = heard(threads.run({ kind: 'read-coefficients', from, to: coefficients, count: distinct }, 0));
  return ok({ ...layRows(loading, polynomials, dealt, coefficients), coefficients: converted });
}

/** Turns positions into addresses, the lanes' entries side by side. */
function layRows({ file, memory }: Loading, { polynomials, stride, elements }: Polynomials, dealt: RowEntries, coefficients: number) {
  const domainSize = 2 ** file.log;
  const groups = Math.max(...dealt.counts);
  const entries = memory.reserve(groups * LANES * ROW_ENTRY_BYTES);
  // A lane that has no entry left adds to a sum that nobody reads.
  const nowhere = dealt.lanes.map(() => memory.reserveElements(1));
  // Only now: where memory is not shared, a view is lost when it grows.
  const words = memory.words(entries, (groups * LANES * ROW_ENTRY_BYTES) / 4);
  dealt.lanes.forEach((list, lane) => {
    for (let i = 0; i < groups; i++) {
      const at = 3 * (i * LANES + lane);
      const isEntry = i < dealt.counts[lane];
      const row = list[3 * i];
      const inRow = row < domainSize ? row * ELEMENT_BYTES : stride + (row - domainSize) * ELEMENT_BYTES;
      words[at] = isEntry ? polynomials + inRow : nowhere[lane];
      words[at + 1] = isEntry ? coefficients + list[3 * i + 1] * ELEMENT_BYTES : coefficients;
      words[at + 2] = isEntry ? elements + list[3 * i + 2] * ELEMENT_BYTES : elements;
    }
  });
  return { entries, groups };
}

/** Entries of the rows: their number, which stands before them, is known. */
function rowsPlace({ places, entries }: ProvingKeyFile): SectionPlace {
  return { offset: places.coefficients.offset + 4, length: entries * COEFFICIENT_BYTES };
}

function placeOf({ file, memory }: Loading, name: PointsName): LoadedPoints {
  const degree = name === 'b2' ? 2 : 1;
  const count = file.places[name].length / filePointBytes(degree);
  return { degree, points: memory.reserve(count * pointBytes(degree)), infinite: memory.reserve(count), count };
}

/** One section after the other is read, and converted while the next one is. */
function loadPoints(
  loading: Loading,
  places: Readonly<Record<PointsName, LoadedPoints>>,
): Pick<LoadedKey, 'loaded'> & { readonly ready: Readonly<Record<PointsName, Promise<unknown>>> } {
  let before: Promise<unknown> = Promise.resolve();
  const convert = (place: LoadedPoints) => {
    const read = before.then(() => readPoints(loading, place));
    before = read;
    const { degree, points, infinite, count } = place;
    return heard(read.then((from) => loading.threads.run({ kind: 'read-points', degree, from, to: points, count, infinite }, 1)));
  };
  const ready = Object.fromEntries(POINTS_ORDER.map((name) => [name, convert(places[name])])) as Record<PointsName, Promise<unknown>>;
  return { ready, loaded: heard(Promise.all(Object.values(ready))) };
}

/** The file's bytes go to the end of the place that their elements take up: each is read before it is written over. */
async function readPoints({ memory, next }: Loading, { degree, points, count }: LoadedPoints): Promise<number> {
  const length = count * filePointBytes(degree);
  const from = points + count * pointBytes(degree) - length;
  for (let at = 0; at < length;) {
    const bytes = await next();
    memory.bytes(from + at, bytes.length).set(bytes);
    at += bytes.length;
  }
  return from;
}

/** Whoever waits for it is told of a failure; until then nobody listens. */
function heard<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => undefined);
  return promise;
}
