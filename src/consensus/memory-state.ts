/** What a chain in memory holds: the same nouns that the contracts keep, for tests and for a tab without a chain. */
import type { Hex } from '../protocol/bytes.ts';
import type { CircuitParts } from '../protocol/circuit.ts';
import type { Head } from '../protocol/heads.ts';
import type { Address } from '../protocol/ids.ts';
import { fail } from '../protocol/result.ts';
import type { Terms } from '../protocol/terms.ts';
import type { Verifier } from '../proof/verifier.ts';
import type { LedgerEvent, LedgerFailure, Position, PublishedHead, Settlement } from './ledger.ts';

export interface MemoryTask {
  readonly terms: Terms;
  closed: boolean;
  readonly units: Map<number, MemoryUnit>;
}

export interface MemoryUnit {
  readonly claimant: Address;
  readonly until: number;
  readonly boxKey: Hex;
  readonly settlement: Settlement | null;
}

export interface MemoryState {
  readonly chainId: number;
  readonly market: Address;
  readonly registry: Address;
  readonly token: Address;
  readonly verifier: Verifier;
  /** Seconds since 1970 that a transaction sent now would see. */
  now(): number;
  block: number;
  readonly balances: Map<string, bigint>;
  readonly circuits: Map<string, { readonly parts: CircuitParts; readonly key: Hex }>;
  readonly heads: (PublishedHead & { readonly kind: Head['t'] })[];
  /** By lower-case id, in the order of posting. */
  readonly tasks: Map<string, MemoryTask>;
  readonly listeners: Set<(event: LedgerEvent) => void>;
}

/** One transaction: who sent it, where it will stand, and what it says if it succeeds. */
export interface MemoryTransaction {
  readonly sender: Address;
  readonly at: Position;
  readonly events: LedgerEvent[];
}

export function refuse(error: string, ...args: readonly (string | number | bigint)[]): { readonly ok: false; readonly failure: LedgerFailure } {
  return fail({ kind: 'reverted', error, args: args.map(String) });
}

export function balanceOf(state: MemoryState, account: Address): bigint {
  return state.balances.get(account.toLowerCase()) ?? 0n;
}

/** @throws when the sender has too little, which its caller has ruled out. */
export function moveTokens(state: MemoryState, from: Address, to: Address, amount: bigint): void {
  const left = balanceOf(state, from) - amount;
  if (left < 0n) throw new Error(`${from} is ${-left} short`);
  state.balances.set(from.toLowerCase(), left);
  state.balances.set(to.toLowerCase(), balanceOf(state, to) + amount);
}
