/** A proving key in the kernel's memory: its points and coefficients converted once, section by section, for any number of proofs. */
import { ELEMENT_BYTES } from '../../../kernels/field/field.ts';
import { ROW_ENTRY_BYTES } from '../../../kernels/polynomial/row-sums.ts';
import { fail, ok, type Result } from '../../protocol/result.ts';
import { filePointBytes, pointBytes, type CompiledKernel, type Degree } from '../bn254/kernel.ts';
import { KernelMemory, SLACK } from '../bn254/kernel-memory.ts';
import type { KernelTask } from '../bn254/kernel-task.ts';
import type { KernelThreads } from '../bn254/kernel-threads.ts';
import { rootOfUnity } from '../bn254/root-of-unity.ts';
import { inverse } from './field-arithmetic.ts';
import type { KeyFileFailure, ProvingKeyFile } from './proving-key.ts';
import { COEFFICIENT_BYTES, RowDealer, type RowEntries } from './row-entries.ts';
import type { SectionPlace } from './section-table.ts';

export interface LoadedKey extends Polynomials {
  readonly file: ProvingKeyFile;
  readonly threads: KernelThreads;
  readonly memory: KernelMemory;
  readonly points: Readonly<Record<'a' | 'b1' | 'b2' | 'c' | 'h', LoadedPoints>>;
  /** Entries of A and B for `addRows`, so many groups. */
  readonly entries: number;
  readonly groups: number;
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
  readonly lanes: number;
  /** Starts a task that is waited for when the whole file is in. */
  readonly prepare: (task: KernelTask, urgency: number) => void;
  readonly read: (offset: number, length: number) => Promise<Uint8Array>;
}

/** Bytes of a key that are read at a time. */
const CHUNK = 1 << 19;

/**
 * @param open makes threads over a memory, with scratches at these addresses
 * @param onProgress bytes of the key that are in, of how many
 */
export async function loadKey(
  file: ProvingKeyFile,
  kernel: CompiledKernel,
  shared: boolean,
  threadCount: number,
  open: (memory: WebAssembly.Memory, scratches: readonly number[]) => Promise<KernelThreads>,
  onProgress: (done: number, of: number) => void,
): Promise<Result<LoadedKey, KeyFileFailure>> {
  const memory = new KernelMemory(shared);
  const scratches = Array.from({ length: threadCount }, () => memory.reserve(kernel.scratchBytes));
  const threads = await open(memory.memory, scratches);
  threads.giveRooms(scratches.map(() => memory.reserveElements(2)));

  const prepared: Promise<unknown>[] = [];
  const of = Object.values(file.places).reduce((sum, { length }) => sum + length, 0);
  let done = 0;
  const loading: Loading = {
    file,
    memory,
    lanes: kernel.arithmetic === 'fused' ? 4 : 1,
    prepare(task, urgency) {
      const preparing = threads.run(task, urgency);
      // Told below; until then nobody listens.
      preparing.catch(() => undefined);
      prepared.push(preparing);
    },
    async read(offset, length) {
      const bytes = await file.source.read(offset, length);
      done += length;
      onProgress(done, of);
      return bytes;
    },
  };
  try {
    const polynomials = layPolynomials(loading);
    const { places } = file;
    const points = {
      b2: await loadPoints(loading, 2, places.b2),
      a: await loadPoints(loading, 1, places.a),
      b1: await loadPoints(loading, 1, places.b1),
      c: await loadPoints(loading, 1, places.c),
      h: await loadPoints(loading, 1, places.h),
    };
    // This thread deals out the rows while the others convert points.
    const rows = await loadRows(loading, polynomials);
    if (!rows.ok) {
      threads.end();
      return rows;
    }
    await Promise.all(prepared);
    return ok({ file, threads, memory, points, ...polynomials, ...rows.value, free: memory.reserve(0) });
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
function layPolynomials({ file, memory, prepare }: Loading): Polynomials {
  const domainSize = 2 ** file.log;
  const half = Math.max(0, file.log - 1);
  const [roots, inverseRoots, coset] = [memory.reserveElements(2 ** half), memory.reserveElements(2 ** half), memory.reserveElements(domainSize)];
  const root = rootOfUnity(file.log);
  prepare({ kind: 'powers', to: roots, log: half, start: 1n, base: root, reversed: false }, 0);
  prepare({ kind: 'powers', to: inverseRoots, log: half, start: 1n, base: inverse(root), reversed: false }, 0);
  // Values come back from the inverse transform n times too large, and in bit-reversed order.
  const [size, shift] = [inverse(BigInt(domainSize)), rootOfUnity(file.log + 1)];
  prepare({ kind: 'powers', to: coset, log: file.log, start: size, base: shift, reversed: true }, 0);
  const stride = Math.ceil((domainSize * ELEMENT_BYTES + SLACK) / 64) * 64;
  return {
    roots,
    inverseRoots,
    coset,
    polynomials: memory.reserve(3 * stride),
    stride,
    scalars: memory.reserve(file.wires * 32),
    elements: memory.reserveElements(file.wires),
  };
}

async function loadRows(
  loading: Loading,
  polynomials: Polynomials,
): Promise<Result<{ readonly entries: number; readonly groups: number }, KeyFileFailure>> {
  const { file, memory, lanes, prepare, read } = loading;
  const { offset } = file.places.coefficients;
  const dealer = new RowDealer(lanes, 2 ** file.log, file.wires, file.entries);
  const most = Math.floor(CHUNK / COEFFICIENT_BYTES);
  for (let entry = 0; entry < file.entries; entry += most) {
    const count = Math.min(file.entries - entry, most);
    if (!dealer.add(await read(offset + 4 + entry * COEFFICIENT_BYTES, count * COEFFICIENT_BYTES)))
      return fail({ kind: 'truncated-key', section: 4 });
  }
  const dealt = dealer.finish();
  const distinct = dealt.coefficients.length / 32;
  const coefficients = memory.reserveElements(distinct);
  const from = coefficients + distinct * (ELEMENT_BYTES - 32);
  memory.bytes(from, dealt.coefficients.length).set(dealt.coefficients);
  prepare({ kind: 'read-coefficients', from, to: coefficients, count: distinct }, 0);
  return ok(layRows(loading, polynomials, dealt, coefficients));
}

/** Turns positions into addresses, the lanes' entries side by side. */
function layRows({ file, memory, lanes }: Loading, { polynomials, stride, elements }: Polynomials, dealt: RowEntries, coefficients: number) {
  const domainSize = 2 ** file.log;
  const groups = Math.max(...dealt.counts);
  const entries = memory.reserve(groups * lanes * ROW_ENTRY_BYTES);
  // A lane that has no entry left adds to a sum that nobody reads.
  const nowhere = dealt.lanes.map(() => memory.reserveElements(1));
  // Only now: where memory is not shared, a view is lost when it grows.
  const words = memory.words(entries, (groups * lanes * ROW_ENTRY_BYTES) / 4);
  dealt.lanes.forEach((list, lane) => {
    for (let i = 0; i < groups; i++) {
      const at = 3 * (i * lanes + lane);
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

/** The file's bytes go to the end of the place that their elements take up: each is read before it is written over. */
async function loadPoints({ memory, prepare, read }: Loading, degree: Degree, { offset, length }: SectionPlace): Promise<LoadedPoints> {
  const count = length / filePointBytes(degree);
  const points = memory.reserve(count * pointBytes(degree));
  const infinite = memory.reserve(count);
  const from = points + count * (pointBytes(degree) - filePointBytes(degree));
  for (let at = 0; at < length; at += CHUNK) {
    const bytes = await read(offset + at, Math.min(CHUNK, length - at));
    memory.bytes(from + at, bytes.length).set(bytes);
  }
  prepare({ kind: 'read-points', degree, from, to: points, count, infinite }, 1);
  return { degree, points, infinite, count };
}
