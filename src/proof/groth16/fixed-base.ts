/** Many multiples of one generator, by a table of its small multiples in every window: what a set-up spends its time on. */
import { curves } from 'snarkjs';

export interface FixedBase {
  /** The multiples, affine in Montgomery form, one after another; infinity is all zeros. Scalars lie in 0 … r − 1. */
  readonly multiply: (scalars: readonly bigint[]) => Uint8Array<ArrayBuffer>;
}

/** Digits are signed, −4096 < d ≤ 4096: a table of 5 MB (G1) stays in the processor's cache, and a multiple takes 20 additions. */
const WINDOW = 13;
const HALF = 2 ** (WINDOW - 1);
const WINDOWS = Math.ceil(255 / WINDOW);
/** Points that are made affine together, sharing one inversion. */
const BATCH = 4096;
/** Two tables and their working room, in pages of 64 KiB. */
const PAGES = 512;

interface Exports {
  readonly [name: string]: (...pointers: number[]) => void;
}

/** Builds both tables in an instance of snarkjs's curve of its own: one thread, about half a second. */
export async function generators(): Promise<{ readonly g1: FixedBase; readonly g2: FixedBase }> {
  const curve = await curves.getCurveFromName('bn128', { singleThread: true });
  const memory = new WebAssembly.Memory({ initial: PAGES });
  const { instance } = await WebAssembly.instantiate(curve.tm.code, { env: { memory } });
  const exports = instance.exports as unknown as Exports;
  return {
    g1: fixedBase(exports, memory, 'g1m', curve.G1.g, 32),
    g2: fixedBase(exports, memory, 'g2m', curve.G2.g, 64),
  };
}

/** @param width bytes of a coordinate: an affine point is two, a Jacobian one three */
function fixedBase(exports: Exports, memory: WebAssembly.Memory, prefix: string, generator: Uint8Array, width: number): FixedBase {
  const call = (name: string): ((...pointers: number[]) => void) => exports[`${prefix}_${name}`];
  const [addMixed, subMixed, double, zero, batchToAffine] = ['addMixed', 'subMixed', 'double', 'zero', 'batchToAffine'].map(call);
  const [affine, jacobian] = [2 * width, 3 * width];
  const table = allocate(memory, WINDOWS * HALF * affine);
  const points = allocate(memory, BATCH * jacobian);
  const results = allocate(memory, BATCH * affine);
  const base = allocate(memory, jacobian);
  const baseAffine = allocate(memory, affine);
  const sum = allocate(memory, jacobian);
  const bytes = new Uint8Array(memory.buffer);

  bytes.set(generator, base);
  for (let window = 0; window < WINDOWS; window++) {
    batchToAffine(base, 1, baseAffine);
    zero(sum);
    for (let digit = 1; digit <= HALF; digit++) {
      addMixed(sum, baseAffine, sum);
      bytes.copyWithin(points + (digit - 1) * jacobian, sum, sum + jacobian);
    }
    batchToAffine(points, HALF, table + window * HALF * affine);
    double(sum, base);
  }

  const entry = (window: number, digit: number): number => table + (window * HALF + digit - 1) * affine;
  const accumulate = (scalar: bigint, point: number): void => {
    zero(point);
    let rest = scalar;
    let carry = 0;
    for (let window = 0; window < WINDOWS && (rest > 0n || carry > 0); window++) {
      const digit = Number(BigInt.asUintN(WINDOW, rest)) + carry;
      rest >>= BigInt(WINDOW);
      carry = digit > HALF ? 1 : 0;
      if (carry === 1 && digit < 2 * HALF) subMixed(point, entry(window, 2 * HALF - digit), point);
      else if (carry === 0 && digit > 0) addMixed(point, entry(window, digit), point);
    }
  };
  return {
    multiply(scalars) {
      const multiples = new Uint8Array(scalars.length * affine);
      for (let from = 0; from < scalars.length; from += BATCH) {
        const count = Math.min(BATCH, scalars.length - from);
        for (let i = 0; i < count; i++) accumulate(scalars[from + i], points + i * jacobian);
        batchToAffine(points, count, results);
        multiples.set(bytes.subarray(results, results + count * affine), from * affine);
      }
      return multiples;
    },
  };
}

/** The module keeps the address of its free memory in word 0. */
function allocate(memory: WebAssembly.Memory, length: number): number {
  const word = new Uint32Array(memory.buffer, 0, 1);
  const address = Math.ceil(word[0] / 8) * 8;
  word[0] = address + length;
  if (word[0] > memory.buffer.byteLength) throw new RangeError('the curve module ran out of memory');
  return address;
}
