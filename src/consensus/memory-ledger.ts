/** The ledger in memory: the contracts' rules without a chain, for tests of everything that stands on the door. */
import { fromHex, toHex, utf8 } from '../protocol/bytes.ts';
import type { Address, TaskId } from '../protocol/ids.ts';
import { ok, type Result } from '../protocol/result.ts';
import { sha256 } from '../protocol/sha256.ts';
import type { Verifier } from '../proof/verifier.ts';
import type { Ledger, LedgerAction, LedgerAnswers, LedgerFailure, LedgerQuery, Sent, TakenUnit } from './ledger.ts';
import { claim, post, refund, settle } from './memory-market.ts';
import { publish, register } from './memory-registry.ts';
import { balanceOf, type MemoryState, type MemoryTransaction } from './memory-state.ts';

export interface MemoryChainOptions {
  readonly verifier: Verifier;
  readonly chainId?: number;
  /** Seconds since 1970; defaults to the machine's clock. */
  readonly now?: () => number;
  readonly balances?: Readonly<Record<Address, bigint>>;
}

export interface MemoryChain {
  /** The ledger as one account uses it. */
  as(account: Address): Ledger;
}

export function createMemoryChain(options: MemoryChainOptions): MemoryChain {
  const state: MemoryState = {
    chainId: options.chainId ?? 31337,
    token: '0x70c0000000000000000000000000000000000001',
    registry: '0x70c0000000000000000000000000000000000002',
    market: '0x70c0000000000000000000000000000000000003',
    verifier: options.verifier,
    now: options.now ?? (() => Math.floor(Date.now() / 1000)),
    block: 0,
    balances: new Map(Object.entries(options.balances ?? {}).map(([account, held]) => [account.toLowerCase(), held])),
    circuits: new Map(),
    heads: [],
    tasks: new Map(),
    listeners: new Set(),
  };
  // Transactions follow one another, as on a chain, although a proof's check takes its time.
  let last: Promise<unknown> = Promise.resolve();
  return {
    as: (account) => ({
      // Each case answers its own query, which TypeScript cannot follow through a generic.
      read: <Query extends LedgerQuery>(query: Query) => Promise.resolve(ok(answer(state, query) as LedgerAnswers[Query['read']])),
      send(action) {
        const sent = last.then(() => mine(state, account, action));
        last = sent.catch(() => undefined);
        return sent;
      },
      watch(listener) {
        state.listeners.add(listener);
        return Promise.resolve(() => void state.listeners.delete(listener));
      },
    }),
  };
}

async function mine(state: MemoryState, sender: Address, action: LedgerAction): Promise<Result<Sent, LedgerFailure>> {
  const block = state.block + 1;
  const transaction: MemoryTransaction = { sender, at: { tx: sha256(utf8(`transaction ${block}`)), block, log: 0 }, events: [] };
  const done = await apply(state, transaction, action);
  if (!done.ok) return done;
  state.block = block;
  for (const event of transaction.events) for (const listener of state.listeners) listener(event);
  return ok({ tx: transaction.at.tx, gas: 0n, block });
}

async function apply(state: MemoryState, tx: MemoryTransaction, action: LedgerAction): Promise<Result<void, LedgerFailure>> {
  switch (action.send) {
    case 'post':
      return post(state, tx, action);
    case 'claim':
      return claim(state, tx, action);
    case 'settle':
      return settle(state, tx, action);
    case 'refund':
      return refund(state, tx, action);
    case 'register':
      return register(state, action.parts, action.key);
    case 'publish':
      return publish(state, tx, action.kind, action.head);
  }
}

function answer(state: MemoryState, query: LedgerQuery): LedgerAnswers[LedgerQuery['read']] {
  switch (query.read) {
    case 'clock': {
      const { chainId, block, market, registry, token } = state;
      return { chainId, block, time: state.now(), market, registry, token };
    }
    case 'tasks':
      return [...state.tasks].map(([id, { terms }]) => ({ id: id as TaskId, terms }));
    case 'task': {
      const task = state.tasks.get(query.task.toLowerCase());
      return task === undefined ? null : { id: query.task, terms: task.terms };
    }
    case 'units':
      return takenUnits(state, query.task);
    case 'balance':
      return balanceOf(state, query.of);
    case 'circuit':
      return state.circuits.get(query.circuit.toLowerCase()) ?? null;
    case 'heads':
      return state.heads
        .filter(({ kind }) => kind === query.kind)
        .map(({ id, bytes, publisher }) => ({ id, bytes: toHex(fromHex(bytes)), publisher }));
    case 'settlement':
      return state.tasks.get(query.task.toLowerCase())?.units.get(query.unit)?.settlement ?? null;
  }
}

function takenUnits(state: MemoryState, task: TaskId): ReadonlyMap<number, TakenUnit> {
  const taken = new Map<number, TakenUnit>();
  for (const [unit, { claimant, until, boxKey, settlement }] of state.tasks.get(task.toLowerCase())?.units ?? []) {
    if (settlement !== null) taken.set(unit, { status: 'settled', claimant });
    else if (state.now() <= until) taken.set(unit, { status: 'claimed', claimant, until, boxKey });
  }
  return taken;
}
