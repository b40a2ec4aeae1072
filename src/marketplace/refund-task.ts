/** Giving a requester back what a closed task did not spend. Anyone may do it; the money goes to the requester only. */
import type { Ledger, LedgerFailure, PostedTask, Sent } from '../consensus/ledger.ts';
import { fail, type Result } from '../protocol/result.ts';

export type RefundFailure =
  | LedgerFailure
  /** Units may still be claimed and settled until then, seconds since 1970. */
  | { readonly kind: 'not-closed'; readonly closes: number }
  /** A judge still considers a unit; it decides by `until`. */
  | { readonly kind: 'pending'; readonly unit: number; readonly until: number }
  | { readonly kind: 'nothing-left' };

export async function refundTask(ledger: Ledger, { id, terms }: PostedTask): Promise<Result<Sent, RefundFailure>> {
  const clock = await ledger.read({ read: 'clock' });
  if (!clock.ok) return clock;
  if (clock.value.time <= terms.closes) return fail({ kind: 'not-closed', closes: terms.closes });
  const states = await ledger.read({ read: 'units', task: id });
  if (!states.ok) return states;
  let settled = 0;
  for (const [unit, state] of states.value) {
    if (state.status === 'pending') return fail({ kind: 'pending', unit, until: state.until });
    if (state.status === 'settled') settled += 1;
  }
  if (settled === terms.units) return fail({ kind: 'nothing-left' });
  return ledger.send({ send: 'refund', terms });
}
