/** Claiming a unit: a signed message that anyone may submit, so an account without coins can. */
import type { Ledger, LedgerFailure } from '../consensus/ledger.ts';
import type { Signer } from '../identity/signer.ts';
import { fromHex } from '../protocol/bytes.ts';
import { encodeAuth } from '../protocol/claim.ts';
import type { Address, TaskId } from '../protocol/ids.ts';
import { fail, ok, type Result } from '../protocol/result.ts';
import type { Terms } from '../protocol/terms.ts';
import { boxKeyHash } from '../protocol/wrapped-key.ts';
import { sameHex } from '../protocol/same-hex.ts';

/** What a claim needs to know of the work. */
export interface Claimable {
  readonly chainId: number;
  readonly market: Address;
  readonly task: TaskId;
  readonly terms: Terms;
  readonly unit: number;
}

export interface Claim {
  /** End of the lease, seconds since 1970 by the chain's clock. */
  readonly until: number;
  /** Bytes that left this device: box key, signature and expiry. */
  readonly bytes: number;
}

/**
 * A signature that a sponsor holds back is worthless after ten minutes. It lasts no longer than the lease either: everyone has seen
 * it by then, and it would claim the unit once more, in the name of someone who is gone.
 */
const SIGNATURE_SECONDS = 600;

/**
 * Safe to repeat: when an earlier attempt got through and only its answer was lost, the claim on the chain is the answer.
 * @param now this device's time, seconds since 1970
 */
export async function claimTask(
  { ledger, signer }: { readonly ledger: Ledger; readonly signer: Signer },
  work: Claimable,
  now: number,
): Promise<Result<Claim, LedgerFailure>> {
  const { chainId, market, task, terms, unit } = work;
  const clock = await ledger.read({ read: 'clock' });
  if (!clock.ok) return clock;
  const claimant = await signer.address();
  const boxKey = boxKeyHash(fromHex(await signer.boxPublicKey()));
  const expires = Math.max(clock.value.time, now) + Math.min(SIGNATURE_SECONDS, terms.lease);
  const signature = await signer.signClaim({ chainId, market, task, unit, boxKey, claimant, expires });
  const auth = encodeAuth(expires, signature);
  const bytes = fromHex(boxKey).length + fromHex(auth).length;
  const sent = await ledger.send({ send: 'claim', terms, unit, boxKey, claimant, auth });
  if (!sent.ok && refusedAs(sent.failure, 'BadAuth')) {
    const later = await ledger.read({ read: 'clock' });
    if (!later.ok) return later;
    // Whoever carries claims took too long; a new signature may get there.
    return later.value.time > expires ? fail({ kind: 'chain-down', detail: 'claim-expired' }) : sent;
  }
  if (!sent.ok && !refusedAs(sent.failure, 'NotOpen')) return sent;
  const states = await ledger.read({ read: 'units', task });
  if (!states.ok) return states;
  const state = states.value.get(unit);
  if (state?.status === 'claimed' && sameHex(state.claimant, claimant) && sameHex(state.boxKey, boxKey)) return ok({ until: state.until, bytes });
  return sent.ok ? fail({ kind: 'reverted', error: 'NotOpen', args: [] }) : sent;
}

function refusedAs(failure: LedgerFailure, error: string): boolean {
  return failure.kind === 'reverted' && failure.error === error;
}
