/** A stand-in chain for tests: it keeps the market's rules about time, claims and single payment, checks no proof, and can be made to fail. */
import type {
  Ledger,
  LedgerAction,
  LedgerAnswers,
  LedgerEvent,
  LedgerFailure,
  LedgerQuery,
  PostedTask,
  PublishedHead,
  Sent,
  Settlement,
  TakenUnit,
  UnitState,
} from '../consensus/ledger.ts';
import { fromHex, toHex, type Hex } from '../protocol/bytes.ts';
import { circuitId, type CircuitParts } from '../protocol/circuit.ts';
import type { Head } from '../protocol/heads.ts';
import type { Address, TaskId } from '../protocol/ids.ts';
import { fail, ok, type Result } from '../protocol/result.ts';
import { sha256 } from '../protocol/sha256.ts';
import { taskId } from '../protocol/terms.ts';

const addressOf = (byte: string): Address => `0x${byte.repeat(20)}`;

export class StubLedger implements Ledger {
  readonly market = addressOf('a1');
  readonly registry = addressOf('a2');
  readonly token = addressOf('a3');
  chainId = 31337;
  /** Seconds since 1970. */
  time = 1_800_000_000;
  block = 1;
  /** Who sends what is sent next: the publisher of heads. */
  sender = addressOf('0e');
  /** Set to make every call fail that way. */
  outage: LedgerFailure | null = null;
  /** Runs before an action takes effect; a failure it returns is the answer instead. */
  onSend: (action: LedgerAction) => LedgerFailure | null = () => null;
  /** Runs after an action took effect: what it throws or returns hides the answer. */
  afterSend: (action: LedgerAction) => LedgerFailure | null = () => null;
  readonly sentActions: LedgerAction[] = [];
  readonly tasks: PostedTask[] = [];
  readonly units = new Map<string, UnitState>();
  readonly settlements = new Map<string, Settlement>();
  readonly circuits = new Map<string, { readonly parts: CircuitParts; readonly key: Hex }>();
  readonly heads: (PublishedHead & { readonly kind: Head['t'] })[] = [];
  readonly #listeners = new Set<(event: LedgerEvent) => void>();

  /** The same chain from here on, apart. */
  fork(): StubLedger {
    const fork = new StubLedger();
    Object.assign(fork, { chainId: this.chainId, time: this.time, block: this.block, sender: this.sender });
    fork.sentActions.push(...this.sentActions);
    fork.tasks.push(...this.tasks);
    fork.heads.push(...this.heads);
    for (const [key, state] of this.units) fork.units.set(key, state);
    for (const [key, settlement] of this.settlements) fork.settlements.set(key, settlement);
    for (const [key, circuit] of this.circuits) fork.circuits.set(key, circuit);
    return fork;
  }

  async read<Query extends LedgerQuery>(query: Query): Promise<Result<LedgerAnswers[Query['read']], LedgerFailure>> {
    if (this.outage) return fail(this.outage);
    const answers: { readonly [Read in LedgerQuery['read']]: (asked: LedgerQuery & { read: Read }) => LedgerAnswers[Read] } = {
      clock: () => ({ chainId: this.chainId, block: this.block, time: this.time, market: this.market, registry: this.registry, token: this.token }),
      tasks: () => [...this.tasks],
      task: ({ task }) => this.tasks.find(({ id }) => id === task) ?? null,
      units: ({ task }) => this.#taken(task),
      balance: ({ of }) => [...this.settlements.values()].filter(({ beneficiary }) => beneficiary === of).reduce((sum, { paid }) => sum + paid, 0n),
      circuit: ({ circuit }) => this.circuits.get(circuit) ?? null,
      heads: ({ kind }) => this.heads.filter((head) => head.kind === kind),
      settlement: ({ task, unit }) => this.settlements.get(`${task}/${unit}`) ?? null,
    };
    const answer: (asked: Query) => LedgerAnswers[Query['read']] = answers[query.read as Query['read']];
    return ok(answer(query));
  }

  async send(action: LedgerAction): Promise<Result<Sent, LedgerFailure>> {
    const early = this.outage ?? this.onSend(action);
    if (early) return fail(early);
    const error = this.#apply(action);
    if (error) return fail({ kind: 'reverted', error, args: [] });
    this.sentActions.push(action);
    const late = this.afterSend(action);
    return late ? fail(late) : ok({ tx: this.#tx(), gas: 1n, block: this.block });
  }

  async watch(listener: (event: LedgerEvent) => void): Promise<() => void> {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #apply(action: LedgerAction): string | null {
    this.block += 1;
    switch (action.send) {
      case 'post':
        this.tasks.push({ id: taskId(this.chainId, this.market, action.terms), terms: action.terms });
        return null;
      case 'register':
        this.circuits.set(circuitId(action.parts), { parts: action.parts, key: action.key });
        return null;
      case 'publish':
        this.heads.push({ id: sha256(fromHex(action.head)), bytes: action.head, publisher: this.sender, kind: action.kind });
        return null;
      case 'refund':
        return this.time <= action.terms.closes ? 'NotOpen' : null;
      case 'claim':
        return this.#claim(action);
      case 'settle':
        return this.#settle(action);
    }
  }

  #claim({ terms, unit, boxKey, claimant }: Extract<LedgerAction, { send: 'claim' }>): string | null {
    const key = `${taskId(this.chainId, this.market, terms)}/${unit}`;
    const state = this.units.get(key) ?? { status: 'open' };
    if (state.status === 'settled') return 'AlreadySettled';
    if (state.status !== 'open' && this.time <= state.until) return 'NotOpen';
    if (this.time + terms.lease > terms.closes) return 'NotOpen';
    this.units.set(key, { status: 'claimed', claimant, until: this.time + terms.lease, boxKey });
    return null;
  }

  #settle({ terms, unit, values }: Extract<LedgerAction, { send: 'settle' }>): string | null {
    const key = `${taskId(this.chainId, this.market, terms)}/${unit}`;
    const state = this.units.get(key) ?? { status: 'open' };
    if (state.status === 'settled') return 'AlreadySettled';
    if (state.status !== 'claimed' || this.time > state.until) return 'LeaseExpired';
    this.units.set(key, { status: 'settled', claimant: state.claimant });
    this.settlements.set(key, {
      beneficiary: state.claimant,
      paid: terms.price,
      values,
      at: { tx: this.#tx(), block: this.block, log: 0 },
      time: this.time,
    });
    return null;
  }

  #taken(task: TaskId): ReadonlyMap<number, TakenUnit> {
    const taken = new Map<number, TakenUnit>();
    for (const [key, state] of this.units) {
      const [of, unit] = key.split('/');
      if (of === task && state.status !== 'open') taken.set(Number(unit), state);
    }
    return taken;
  }

  #tx(): Hex {
    return toHex(new Uint8Array(32).fill(this.block & 0xff));
  }
}
