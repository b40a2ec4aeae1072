/** How a proof's sums are cut into tasks, and the memory that these work in. */
import { combinationRoom, type BitSums } from '../bn254/combination.ts';
import { pointBytes, type Degree } from '../bn254/kernel.ts';
import type { KernelTask } from '../bn254/kernel-task.ts';
import { roomFor } from '../bn254/multi-scalar.ts';
import { PAIRING_ROOM } from '../bn254/pairing.ts';
import { cheapestBits, countLarge, windowsOf } from '../bn254/scalar-digits.ts';
import type { LoadedKey, LoadedPoints, PointsName } from './loaded-key.ts';

export type WindowTask = Extract<KernelTask, { kind: 'window-sums' }>;

/** Scalars, and the digits that they are cut into. */
export interface ScalarPlan {
  readonly scalars: number;
  readonly count: number;
  /** How many of them reach beyond the lowest window. */
  readonly large: number;
  readonly bits: number;
  readonly windows: number;
  /** Address of the digits. */
  readonly digits: number;
}

export interface ProofPlan {
  readonly witness: ScalarPlan;
  readonly quotient: ScalarPlan;
  /** Where each sum is put together. */
  readonly sums: Readonly<Record<PointsName, SumPlan>>;
}

export interface SumPlan {
  readonly tasks: readonly WindowTask[];
  readonly result: BitSums;
}

/** Windows that one task adds up at most: more would need more room, and much fewer leave batches half empty. */
const MOST_WINDOWS: Readonly<Record<Degree, number>> = { 1: 4, 2: 3 };
/** Of scalars so few of which are large, more: their windows are almost empty. */
const [FEW_LARGE, TIMES] = [1 << 12, 4] as const;

const mostWindows = (degree: Degree, { large }: ScalarPlan) => MOST_WINDOWS[degree] * (large < FEW_LARGE ? TIMES : 1);

/** Tasks that a sum is cut into: as many for each thread, so that all of them are done at once. */
const partsOf = (degree: Degree, plan: ScalarPlan, threads: number) =>
  Math.min(plan.windows, threads * Math.ceil(plan.windows / (threads * mostWindows(degree, plan))));

/** Reserves what a proof needs beside its key, once the witness is in its place. */
export function planProof({ file, threads, memory, points, scalars, polynomials, stride, free }: LoadedKey): ProofPlan {
  const domainSize = 2 ** file.log;
  memory.release(free);
  const plan = (from: number, count: number, large: number): ScalarPlan => {
    const bits = cheapestBits(large);
    const windows = windowsOf(bits);
    return { scalars: from, count, large, bits, windows, digits: memory.reserve(2 * windows * count) };
  };
  // Read where they are aligned, as bytes from elsewhere need not be; the quotient's values fill the whole field.
  const witness = plan(scalars, file.wires, countLarge(memory.bytes(scalars, 32 * file.wires)));
  const quotient = plan(polynomials + 2 * stride, domainSize, domainSize);
  const sum = (loaded: LoadedPoints, scalarPlan: ScalarPlan, skipped = 0): SumPlan => {
    const count = scalarPlan.windows * scalarPlan.bits;
    const at = memory.reserve(count * pointBytes(loaded.degree));
    return { tasks: windowTasks(loaded, scalarPlan, skipped, at, threads.count), result: { at, count } };
  };
  const sums = {
    b2: sum(points.b2, witness),
    a: sum(points.a, witness),
    b1: sum(points.b1, witness),
    c: sum(points.c, witness, file.publics + 1),
    h: sum(points.h, quotient),
  };
  const rooms = Object.values(sums).flatMap(({ tasks }) => tasks.map(({ degree, count, bits, from, to }) => roomFor(degree, count, bits, to - from)));
  // The statement has a term for each public signal, and the last combination two.
  const room = Math.max(...rooms, combinationRoom(file.publics + 3), PAIRING_ROOM);
  threads.giveRooms(Array.from({ length: threads.count }, () => memory.reserve(room)));
  return { witness, quotient, sums };
}

/** Tasks for all windows of a sum, from the lowest up. */
function windowTasks(points: LoadedPoints, plan: ScalarPlan, skipped: number, sums: number, threads: number): WindowTask[] {
  const { bits, windows, count, digits } = plan;
  const parts = partsOf(points.degree, plan, threads);
  return Array.from({ length: parts }, (_, part) => ({
    kind: 'window-sums',
    ...points,
    digits: digits + 2 * skipped,
    stride: count,
    sums,
    bits,
    from: Math.floor((part * windows) / parts),
    to: Math.floor(((part + 1) * windows) / parts),
  }));
}
