/** Delivering a unit: the contract checks the proof and pays in the same transaction, once. */
import type { Ledger, LedgerFailure, Settlement } from '../consensus/ledger.ts';
import { fromHex, type Hex } from '../protocol/bytes.ts';
import { encodeEvidence } from '../protocol/evidence.ts';
import type { Proof, Statement } from '../protocol/receipt.ts';
import { fail, ok, type Result } from '../protocol/result.ts';
import { sameHex } from '../protocol/same-hex.ts';
import type { Work } from './unit-work.ts';

export interface Delivery {
  readonly work: Pick<Work, 'task' | 'terms' | 'unit' | 'inputPath'>;
  readonly statement: Statement;
  readonly proof: Proof;
}

export type SettleFailure =
  | LedgerFailure
  /** Somebody else was paid for this unit. */
  | { readonly kind: 'already-settled' }
  /** The lease ended first. `open`: nobody else holds the unit, it can be claimed again and the same proof delivered. */
  | { readonly kind: 'lease-lost'; readonly until: number; readonly open: boolean };

/** Bytes that leave this device: the public values, the path, the digest and the proof. */
export function deliveryBytes({ work, statement, proof }: Delivery): number {
  return 32 * statement.values.length + 32 * work.inputPath.length + fromHex(encodeEvidence(statement.digest, proof.bytes)).length;
}

/**
 * The chain is asked before sending and after a refusal, so that a repeated delivery finds its own payment instead of paying gas for nothing.
 * @param onSent called once the transaction is in a block
 */
export async function settleUnit(
  ledger: Ledger,
  delivery: Delivery,
  onSent: (tx: Hex) => Promise<void> = async () => {},
): Promise<Result<Settlement, SettleFailure>> {
  const before = await standing(ledger, delivery);
  if (!before.ok) return before;
  if (before.value) return ok(before.value);
  const { work, statement, proof } = delivery;
  const evidence = encodeEvidence(statement.digest, proof.bytes);
  const sent = await ledger.send({ send: 'settle', terms: work.terms, unit: work.unit, values: statement.values, path: work.inputPath, evidence });
  if (sent.ok) await onSent(sent.value.tx);
  else if (sent.failure.kind !== 'reverted') return sent;
  const after = await standing(ledger, delivery);
  if (!after.ok) return after;
  if (after.value) return ok(after.value);
  if (sent.ok) return fail({ kind: 'chain-down', detail: 'settlement-not-seen' });
  // The block that refused knew the time better than the last block that we could read.
  if (sent.failure.kind === 'reverted' && sent.failure.error === 'LeaseExpired') return fail({ kind: 'lease-lost', until: 0, open: true });
  return sent;
}

/** The settlement that pays this delivery's beneficiary, null while it can still be sent, else why it can not. */
async function standing(ledger: Ledger, { work, statement }: Delivery): Promise<Result<Settlement | null, SettleFailure>> {
  const states = await ledger.read({ read: 'units', task: work.task });
  if (!states.ok) return states;
  const state = states.value.get(work.unit) ?? { status: 'open' };
  if (state.status === 'open') return fail({ kind: 'lease-lost', until: 0, open: true });
  if (state.status === 'settled') {
    if (!sameHex(state.claimant, statement.beneficiary)) return fail({ kind: 'already-settled' });
    const settlement = await ledger.read({ read: 'settlement', task: work.task, unit: work.unit });
    if (!settlement.ok) return settlement;
    return settlement.value ? ok(settlement.value) : fail({ kind: 'chain-down', detail: 'settlement-not-seen' });
  }
  if (sameHex(state.claimant, statement.beneficiary)) return ok(null);
  const clock = await ledger.read({ read: 'clock' });
  if (!clock.ok) return clock;
  return fail({ kind: 'lease-lost', until: state.until, open: state.until < clock.value.time });
}
