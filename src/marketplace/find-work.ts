/** Looking for a unit to work on: one that this account already holds, else an open one of the oldest task that adds up. */
import type { PostedTask, UnitState } from '../consensus/ledger.ts';
import type { Hex } from '../protocol/bytes.ts';
import type { Address, TaskId } from '../protocol/ids.ts';
import { fail, ok, type Result } from '../protocol/result.ts';
import { checkTask, type TaskDoors, type TaskFailure } from './check-task.ts';
import { sameHex } from './same-hex.ts';
import { unitWork, type Work } from './unit-work.ts';

export interface Seeker {
  readonly claimant: Address;
  /** SHA-256 of the claimant's raw public box key. */
  readonly boxKey: Hex;
  /** This device's time, seconds since 1970: a chain without new blocks does not see leases end. */
  readonly now: number;
  /** Units that cannot be done here. */
  readonly avoids?: (task: TaskId, unit: number) => boolean;
  /** Which of n open units; random unless given, so that two volunteers seldom want the same one. */
  readonly choose?: (n: number) => number;
}

export interface FoundWork {
  readonly work: Work;
  /** The end of the lease, seconds since 1970, where this account already holds the unit; null where it must be claimed. */
  readonly heldUntil: number | null;
}

export interface NoWork {
  readonly kind: 'no-work';
}

interface Candidate {
  readonly unit: number;
  readonly heldUntil: number | null;
}

/** A task that does not add up, or whose files nobody serves, is passed over; its failure is the answer only where nothing else is left. */
export async function findWork(doors: TaskDoors, seeker: Seeker): Promise<Result<FoundWork, TaskFailure | NoWork>> {
  const clock = await doors.ledger.read({ read: 'clock' });
  if (!clock.ok) return clock;
  const tasks = await doors.ledger.read({ read: 'tasks' });
  if (!tasks.ok) return tasks;
  const time = Math.max(clock.value.time, seeker.now);
  const open: { readonly posted: PostedTask; readonly candidates: readonly Candidate[] }[] = [];
  for (const posted of tasks.value) {
    const states = await doors.ledger.read({ read: 'units', task: posted.id, count: posted.terms.units });
    if (!states.ok) return states;
    const candidates = candidatesOf(posted, states.value, seeker, time);
    if (candidates.length > 0) open.push({ posted, candidates });
  }
  // A unit held already comes first: its lease is running.
  open.sort((a, b) => Number(isHeld(b.candidates)) - Number(isHeld(a.candidates)));

  let passedOver: TaskFailure | null = null;
  for (const { posted, candidates } of open) {
    const found = await workAmong(doors, posted, candidates, seeker);
    if (found.ok || found.failure.kind === 'chain-down') return found;
    passedOver ??= found.failure;
  }
  return fail(passedOver ?? { kind: 'no-work' });
}

/** The same checks for one unit that is known by name, as after a reload. */
export async function workOn(doors: TaskDoors, posted: PostedTask, unit: number): Promise<Result<Work, TaskFailure>> {
  const task = await checkTask(doors, posted);
  return task.ok ? unitWork(task.value, unit) : task;
}

async function workAmong(
  doors: TaskDoors,
  posted: PostedTask,
  candidates: readonly Candidate[],
  { choose = anyOf }: Seeker,
): Promise<Result<FoundWork, TaskFailure>> {
  const candidate = candidates.find(({ heldUntil }) => heldUntil !== null) ?? candidates[choose(candidates.length)];
  if (!candidate) throw new RangeError(`chose none of ${candidates.length} open units`);
  const work = await workOn(doors, posted, candidate.unit);
  return work.ok ? ok({ work: work.value, heldUntil: candidate.heldUntil }) : work;
}

function candidatesOf({ id, terms }: PostedTask, states: readonly UnitState[], seeker: Seeker, time: number): readonly Candidate[] {
  const { claimant, boxKey, avoids = () => false } = seeker;
  const claimable = time + terms.lease <= terms.closes;
  return states.flatMap((state, unit): Candidate[] => {
    if (avoids(id, unit)) return [];
    const claimed = state.status === 'claimed';
    if (claimed && sameHex(state.claimant, claimant) && sameHex(state.boxKey, boxKey) && state.until >= time)
      return [{ unit, heldUntil: state.until }];
    return claimable && (state.status === 'open' || (claimed && state.until < time)) ? [{ unit, heldUntil: null }] : [];
  });
}

function isHeld(candidates: readonly Candidate[]): boolean {
  return candidates.some(({ heldUntil }) => heldUntil !== null);
}

function anyOf(n: number): number {
  return Math.floor(Math.random() * n);
}
