/** Looking for a unit to work on: one that this account already holds, else an open one of the oldest task that adds up. */
import type { PostedTask, TakenUnit } from '../consensus/ledger.ts';
import type { Hex } from '../protocol/bytes.ts';
import type { Address, TaskId } from '../protocol/ids.ts';
import { fail, ok, type Result } from '../protocol/result.ts';
import { checkTask, type TaskDoors, type TaskFailure } from './check-task.ts';
import { SHORTEST_LEASE } from './post-task.ts';
import { sameHex } from '../protocol/same-hex.ts';
import { isTaken } from './taken-unit.ts';
import { unitWork, type Work } from './unit-work.ts';

export interface Seeker {
  readonly claimant: Address;
  /** SHA-256 of the claimant's raw public box key. */
  readonly boxKey: Hex;
  /** This device's time, seconds since 1970: a chain without new blocks does not see leases end. */
  readonly now: number;
  /** Units of a task that cannot be done here. */
  readonly avoids?: (task: TaskId) => ReadonlySet<number>;
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

/** What a task offers this account. A stranger chooses how many units a task has, so nothing here is as long as that. */
interface Offer {
  readonly held: { readonly unit: number; readonly until: number } | null;
  /** How many units can be claimed. */
  readonly open: number;
  /** Those that cannot, in ascending order. */
  readonly closed: readonly number[];
}

/** A task that does not add up, or whose files nobody serves, is passed over; its failure is the answer only where nothing else is left. */
export async function findWork(doors: TaskDoors, seeker: Seeker): Promise<Result<FoundWork, TaskFailure | NoWork>> {
  const clock = await doors.ledger.read({ read: 'clock' });
  if (!clock.ok) return clock;
  const tasks = await doors.ledger.read({ read: 'tasks' });
  if (!tasks.ok) return tasks;
  const time = Math.max(clock.value.time, seeker.now);
  const offers: { readonly posted: PostedTask; readonly offer: Offer }[] = [];
  for (const posted of tasks.value) {
    const taken = await doors.ledger.read({ read: 'units', task: posted.id });
    if (!taken.ok) return taken;
    const offer = offerOf(posted, taken.value, seeker, time);
    if (offer.held || offer.open > 0) offers.push({ posted, offer });
  }
  // A unit held already comes first: its lease is running.
  offers.sort((a, b) => Number(b.offer.held !== null) - Number(a.offer.held !== null));

  let passedOver: TaskFailure | null = null;
  for (const { posted, offer } of offers) {
    const found = await workIn(doors, posted, offer, seeker);
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

async function workIn(doors: TaskDoors, posted: PostedTask, offer: Offer, { choose = anyOf }: Seeker): Promise<Result<FoundWork, TaskFailure>> {
  const work = await workOn(doors, posted, offer.held?.unit ?? openUnit(offer, choose(offer.open)));
  return work.ok ? ok({ work: work.value, heldUntil: offer.held?.until ?? null }) : work;
}

function offerOf({ id, terms }: PostedTask, taken: ReadonlyMap<number, TakenUnit>, seeker: Seeker, time: number): Offer {
  const { claimant, boxKey, avoids = () => new Set() } = seeker;
  const avoided = avoids(id);
  const closed = new Set(avoided);
  let held: Offer['held'] = null;
  for (const [unit, state] of taken) {
    if (!isTaken(state, time)) continue;
    closed.add(unit);
    if (state.status !== 'claimed' || avoided.has(unit) || held) continue;
    if (sameHex(state.claimant, claimant) && sameHex(state.boxKey, boxKey)) held = { unit, until: state.until };
  }
  const claimable = terms.lease >= SHORTEST_LEASE && time + terms.lease <= terms.closes;
  return { held, open: claimable ? terms.units - closed.size : 0, closed: [...closed].sort((a, b) => a - b) };
}

/** The n-th open unit, from 0: every closed one before it moves it up by one. */
function openUnit({ open, closed }: Offer, n: number): number {
  if (!(n >= 0 && n < open)) throw new RangeError(`chose ${n} of ${open} open units`);
  return closed.reduce((unit, before) => (before <= unit ? unit + 1 : unit), n);
}

function anyOf(n: number): number {
  return Math.floor(Math.random() * n);
}
