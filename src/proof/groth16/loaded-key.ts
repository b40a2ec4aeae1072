/** A proving key in the kernel's memory: its points and coefficients converted once, section by section, for any number of proofs. */
import { ELEMENT_BYTES } from '../../../kernels/field/field.ts';
import { ROW_ENTRY_BYTES } from '../../../kernels/polynomial/row-sums.ts';
import { fail, ok, type Result } from '../../protocol/result.ts';
import { filePointBytes, pointBytes, type CompiledKernel, type Degree } from '../bn254/kernel.ts';
import type { KernelThreads } from '../bn254/kernel-threads.ts';
import { rootOfUnity } from '../bn254/root-of-unity.ts';
import { inverse } from './field-arithmetic.ts';
import { COEFFICIENT_BYTES, type KeyFileFailure, type ProvingKeyFile } from './proving-key.ts';
import { RowDealer } from './row-entries.ts';

export interface LoadedPoints {
  readonly degree: Degree;
  readonly points: number;
  readonly infinite: number;
  readonly count: number;
}

export interface LoadedKey {
  readonly file: ProvingKeyFile;
  readonly threads: KernelThreads;
  readonly memory: KernelMemory;
  readonly points: Readonly<Record<'a' | 'b1' | 'b2' | 'c' | 'h', LoadedPoints>>;
  readonly roots: number;
  readonly inverseRoots: number;
  readonly coset: number;
  /** Three arrays of the domain's size, `stride` bytes apart. */
  readonly polynomials: number;
  readonly stride: number;
  readonly entries: number;
  readonly groups: number;
  /** The witness: as integers, and as elements. */
  readonly scalars: number;
  readonly elements: number;
  /** Everything from here on is free for one proof. */
  readonly free: number;
}

const PAGE = 65_536;
/** Groups of lanes may reach three elements beyond an array. */
const SLACK = 4 * ELEMENT_BYTES;
/** Bytes of a key that are read at a time. */
const CHUNK = 1 << 21;

/** A memory whose places are given out one after the other. */
export class KernelMemory {
  readonly memory: WebAssembly.Memory;
  #next: number;

  constructor(shared: boolean) {
    this.memory = new WebAssembly.Memory({ initial: 1, maximum: PAGE, shared });
    // Nothing lies at zero, which stands for no point.
    this.#next = 64;
  }

  /** Room for so many bytes and a little more. */
  reserve(bytes: number): number {
    const at = this.#next;
    this.#next = Math.ceil((at + bytes + SLACK) / 64) * 64;
    const missing = this.#next - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE));
    return at;
  }

  /** Gives back everything from this address on. */
  release(address: number): void {
    this.#next = address;
  }

  bytes(address: number, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, address, length);
  }

  words(address: number, length: number): Uint32Array {
    return new Uint32Array(this.memory.buffer, address, length);
  }
}

/**
 * @param open makes the threads over a memory, for scratches at these addresses
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
  const tables = scratches.map(() => memory.reserve(2 * ELEMENT_BYTES));
  threads.giveRooms(tables);
  const domainSize = 2 ** file.log;
  const { places } = file;
  const of = Object.values(places).reduce((sum, { length }) => sum + length, 0);
  let done = 0;
  const read = async (offset: number, length: number) => {
    const bytes = await file.source.read(offset, length);
    done += length;
    onProgress(done, of);
    return bytes;
  };

  const array = (count: number) => memory.reserve(count * ELEMENT_BYTES);
  const [roots, inverseRoots, coset] = [array(domainSize / 2), array(domainSize / 2), array(domainSize)];
  const root = rootOfUnity(file.log);
  const powers = (to: number, log: number, start: bigint, base: bigint, reversed: boolean) =>
    threads.run({ kind: 'powers', to, log, start, base, reversed }, 0);
  const prepared: Promise<unknown>[] = [
    powers(roots, Math.max(0, file.log - 1), 1n, root, false),
    powers(inverseRoots, Math.max(0, file.log - 1), 1n, inverse(root), false),
    // Values come back from the inverse transform n times too large, and in bit-reversed order.
    powers(coset, file.log, inverse(BigInt(domainSize)), rootOfUnity(file.log + 1), true),
  ];

  const stride = Math.ceil((domainSize * ELEMENT_BYTES + SLACK) / 64) * 64;
  const polynomials = memory.reserve(3 * stride);
  const scalars = memory.reserve(file.wires * 32);
  const elements = array(file.wires);

  const lanes = kernel.arithmetic === 'fused' ? 4 : 1;
  const dealer = new RowDealer(lanes, domainSize, file.wires, file.entries);
  for (let entry = 0; entry < file.entries; ) {
    const count = Math.min(file.entries - entry, Math.floor(CHUNK / COEFFICIENT_BYTES));
    if (!dealer.add(await read(places.coefficients.offset + 4 + entry * COEFFICIENT_BYTES, count * COEFFICIENT_BYTES)))
      return fail({ kind: 'truncated-key', section: 4 });
    entry += count;
  }
  const dealt = dealer.finish();
  const distinct = dealt.coefficients.length / 32;
  const coefficients = array(distinct);
  const groups = Math.max(...dealt.counts);
  const entries = memory.reserve(groups * lanes * ROW_ENTRY_BYTES);
  // Lanes that have no entry left add to sums that nobody reads.
  const nowhere = Array.from({ length: lanes }, () => array(1));
  const words = memory.words(entries, (groups * lanes * ROW_ENTRY_BYTES) / 4);
  dealt.lanes.forEach((list, lane) => {
    for (let i = 0; i < groups; i++) {
      const at = 3 * (i * lanes + lane);
      const isEntry = i < dealt.counts[lane]!;
      const row = list[3 * i]!;
      words[at] = isEntry ? polynomials + (row < domainSize ? row * ELEMENT_BYTES : stride + (row - domainSize) * ELEMENT_BYTES) : nowhere[lane]!;
      words[at + 1] = isEntry ? coefficients + list[3 * i + 1]! * ELEMENT_BYTES : coefficients;
      words[at + 2] = isEntry ? elements + list[3 * i + 2]! * ELEMENT_BYTES : elements;
    }
  });
  // The file's bytes go to the end of the place that their elements take up: an element is read before it is written over.
  const tail = coefficients + distinct * (ELEMENT_BYTES - 32);
  memory.bytes(tail, distinct * 32).set(dealt.coefficients);
  prepared.push(threads.run({ kind: 'read-coefficients', from: tail, to: coefficients, count: distinct }, 0));

  const loadPoints = async (degree: Degree, { offset, length }: { readonly offset: number; readonly length: number }): Promise<LoadedPoints> => {
    const count = length / filePointBytes(degree);
    const points = memory.reserve(count * pointBytes(degree));
    const infinite = memory.reserve(count);
    const from = points + count * (pointBytes(degree) - filePointBytes(degree));
    for (let at = 0; at < length; at += CHUNK) {
      const bytes = await read(offset + at, Math.min(CHUNK, length - at));
      memory.bytes(from + at, bytes.length).set(bytes);
    }
    prepared.push(threads.run({ kind: 'read-points', degree, from, to: points, count, infinite }, 1));
    return { degree, points, infinite, count };
  };
  const points = {
    b2: await loadPoints(2, places.b2),
    a: await loadPoints(1, places.a),
    b1: await loadPoints(1, places.b1),
    c: await loadPoints(1, places.c),
    h: await loadPoints(1, places.h),
  };
  await Promise.all(prepared);
  const free = memory.reserve(0);
  return ok({
    file,
    threads,
    memory,
    points,
    roots,
    inverseRoots,
    coset,
    polynomials,
    stride,
    entries,
    groups,
    scalars,
    elements,
    free,
  });
}
