/**
 * The consensus door: read, send and watch, over typed unions. Roles are free functions over it
 * (`claimTask(ledger, signer, task)`), so a feature adds a file and not a method.
 */
import type { CircuitParts } from '../protocol/circuit.ts';
import type { Head } from '../protocol/heads.ts';
import type { Hex } from '../protocol/bytes.ts';
import type { Address, CircuitId, TaskId } from '../protocol/ids.ts';
import type { Result } from '../protocol/result.ts';
import type { Terms } from '../protocol/terms.ts';

export interface LedgerAnswers {
  /** The chain's own time and identity. */
  clock: {
    readonly chainId: number;
    readonly block: number;
    readonly time: number;
    readonly market: Address;
    readonly registry: Address;
    readonly token: Address;
  };
  tasks: readonly PostedTask[];
  task: PostedTask | null;
  /** The units that are not open, by number: as many as were ever claimed, however many the task says it has. */
  units: ReadonlyMap<number, TakenUnit>;
  /** Token base units. */
  balance: bigint;
  circuit: { readonly parts: CircuitParts; readonly key: Hex } | null;
  /** Every published head of a kind, oldest first. */
  heads: readonly PublishedHead[];
  settlement: Settlement | null;
}

export type LedgerQuery =
  | { readonly read: 'clock' }
  | { readonly read: 'tasks' }
  | { readonly read: 'task'; readonly task: TaskId }
  | { readonly read: 'units'; readonly task: TaskId }
  | { readonly read: 'balance'; readonly of: Address }
  | { readonly read: 'circuit'; readonly circuit: CircuitId }
  | { readonly read: 'heads'; readonly kind: Head['t'] }
  | { readonly read: 'settlement'; readonly task: TaskId; readonly unit: number };

export type LedgerAction =
  | { readonly send: 'post'; readonly terms: Terms }
  | { readonly send: 'claim'; readonly terms: Terms; readonly unit: number; readonly boxKey: Hex; readonly claimant: Address; readonly auth: Hex }
  | {
      readonly send: 'settle';
      readonly terms: Terms;
      readonly unit: number;
      readonly values: readonly bigint[];
      readonly path: readonly Hex[];
      readonly evidence: Hex;
    }
  | { readonly send: 'refund'; readonly terms: Terms }
  | { readonly send: 'register'; readonly parts: CircuitParts; readonly key: Hex }
  | { readonly send: 'publish'; readonly kind: Head['t']; readonly head: Hex };

export type LedgerEvent =
  | { readonly event: 'posted'; readonly task: TaskId; readonly terms: Terms; readonly at: Position }
  | {
      readonly event: 'claimed';
      readonly task: TaskId;
      readonly unit: number;
      readonly claimant: Address;
      readonly until: number;
      readonly boxKey: Hex;
      readonly at: Position;
    }
  | {
      readonly event: 'settled';
      readonly task: TaskId;
      readonly unit: number;
      readonly beneficiary: Address;
      readonly paid: bigint;
      readonly values: readonly bigint[];
      readonly at: Position;
    }
  | { readonly event: 'refunded'; readonly task: TaskId; readonly amount: bigint; readonly at: Position };

export interface Position {
  readonly tx: Hex;
  readonly block: number;
  readonly log: number;
}

export interface PostedTask {
  readonly id: TaskId;
  readonly terms: Terms;
}

export type UnitState = { readonly status: 'open' } | TakenUnit;

export type TakenUnit =
  | { readonly status: 'claimed'; readonly claimant: Address; readonly until: number; readonly boxKey: Hex }
  | { readonly status: 'pending'; readonly claimant: Address; readonly until: number }
  | { readonly status: 'settled'; readonly claimant: Address };

export interface PublishedHead {
  readonly id: Hex;
  /** The head's canonical CBOR. */
  readonly bytes: Hex;
  readonly publisher: Address;
}

export interface Settlement {
  readonly beneficiary: Address;
  readonly paid: bigint;
  readonly values: readonly bigint[];
  readonly at: Position;
  /** Seconds since 1970, of the block. */
  readonly time: number;
}

export interface Sent {
  readonly tx: Hex;
  readonly gas: bigint;
  readonly block: number;
}

export type LedgerFailure =
  /** Nobody answers at the chain's address, or whoever does cannot say or send it now: retry later, nothing was lost. `detail` is a code that messages/ has words for, or an endpoint's own words. */
  | { readonly kind: 'chain-down'; readonly detail: string }
  /** The contract refused: `error` is its Solidity error name, `args` its arguments as decimal or hex text. */
  | { readonly kind: 'reverted'; readonly error: string; readonly args: readonly string[] }
  /** The sponsor refused to pay for this transaction; `detail` as above. */
  | { readonly kind: 'sponsor-refused'; readonly detail: string };

export interface Ledger {
  read<Query extends LedgerQuery>(query: Query): Promise<Result<LedgerAnswers[Query['read']], LedgerFailure>>;
  /** Resolves once the transaction is in a block. */
  send(action: LedgerAction): Promise<Result<Sent, LedgerFailure>>;
  /** Calls back for every event from now on; resolves to a function that stops. A chain that is down is retried with backoff. */
  watch(listener: (event: LedgerEvent) => void): Promise<() => void>;
}
