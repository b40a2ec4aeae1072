/** How a proof's sums are cut into tasks, and the memory that these work in. */
import { combinationRoom } from '../bn254/combination.ts';
import type { Degree } from '../bn254/kernel.ts';
import type { KernelTask } from '../bn254/kernel-task.ts';
import { roomFor } from '../bn254/multi-scalar.ts';
import { PAIRING_ROOM } from '../bn254/pairing.ts';
import { cheapestBits, countLarge, windowsOf } from '../bn254/scalar-digits.ts';
import type { LoadedKey, LoadedPoints } from './loaded-key.ts';

export type WindowTask = Extract<KernelTask, { kind: 'window-sums' }>;

/** Scalars, and the digits that they are cut into. */
export interface ScalarPlan {
  readonly scalars: number;
  readonly count: number;
  readonly bits: number;
  readonly windows: number;
  /** Address of the digits. */
  readonly digits: number;
}

export interface ProofPlan {
  readonly witness: ScalarPlan;
  readonly quotient: ScalarPlan;
}

/** Windows that one task adds up at most: more would need more room, and much fewer leave batches half empty. */
const MOST_WINDOWS: Readonly<Record<Degree, number>> = { 1: 4, 2: 3 };

/** Tasks that a sum is cut into: as many for each thread, so that all of them are done at once. */
const partsOf = (degree: Degree, { windows }: ScalarPlan, threads: number) =>
  Math.min(windows, threads * Math.ceil(windows / (threads * MOST_WINDOWS[degree])));

/** Reserves what a proof needs beside its key, once the witness is in its place. */
export function planProof({ file, threads, memory, scalars, polynomials, stride, free }: LoadedKey): ProofPlan {
  const domainSize = 2 ** file.log;
  memory.release(free);
  const plan = (from: number, count: number, large: number): ScalarPlan => {
    const bits = cheapestBits(large);
    const windows = windowsOf(bits);
    return { scalars: from, count, bits, windows, digits: memory.reserve(2 * windows * count) };
  };
  // Read where they are aligned, as bytes from elsewhere need not be; the quotient's values fill the whole field.
  const witness = plan(scalars, file.wires, countLarge(memory.bytes(scalars, 32 * file.wires)));
  const quotient = plan(polynomials + 2 * stride, domainSize, domainSize);
  const sums = (degree: Degree, scalarPlan: ScalarPlan) => {
    const most = Math.ceil(scalarPlan.windows / partsOf(degree, scalarPlan, threads.count));
    return roomFor(degree, scalarPlan.count, scalarPlan.bits, most);
  };
  // The last combination has the windows of two sums, and two terms more.
  const terms = Math.max(witness.windows + quotient.windows + 2, file.publics + 1);
  const room = Math.max(sums(1, witness), sums(2, witness), sums(1, quotient), combinationRoom(terms), PAIRING_ROOM);
  threads.giveRooms(Array.from({ length: threads.count }, () => memory.reserve(room)));
  return { witness, quotient };
}

/** Tasks for all windows of a sum, from the lowest up. */
export function windowTasks(points: LoadedPoints, plan: ScalarPlan, skipped: number, threads: number): WindowTask[] {
  const { bits, windows, count, digits } = plan;
  const parts = partsOf(points.degree, plan, threads);
  return Array.from({ length: parts }, (_, part) => ({
    kind: 'window-sums',
    ...points,
    digits: digits + 2 * skipped,
    stride: count,
    bits,
    from: Math.floor((part * windows) / parts),
    to: Math.floor(((part + 1) * windows) / parts),
  }));
}
