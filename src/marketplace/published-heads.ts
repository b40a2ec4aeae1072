/** Heads as the chain holds them, decoded: whatever does not decode, or does not match its id, was published by someone who errs. */
import type { Ledger, LedgerFailure } from '../consensus/ledger.ts';
import { fromHex, isHex, type Hex } from '../protocol/bytes.ts';
import { decodeHead, headId, type Head } from '../protocol/heads.ts';
import type { Address } from '../protocol/ids.ts';
import { ok, type Result } from '../protocol/result.ts';
import { sameHex } from '../protocol/same-hex.ts';

export type HeadOf<Kind extends Head['t']> = Extract<Head, { t: Kind }>;

export interface Published<Kind extends Head['t']> {
  readonly id: Hex;
  readonly head: HeadOf<Kind>;
  readonly publisher: Address;
}

/** Oldest first. Anyone may publish anything, the same head twice included: the caller decides whose word counts. */
export async function publishedHeads<Kind extends Head['t']>(ledger: Ledger, kind: Kind): Promise<Result<readonly Published<Kind>[], LedgerFailure>> {
  const heads = await ledger.read({ read: 'heads', kind });
  if (!heads.ok) return heads;
  const published: Published<Kind>[] = [];
  for (const { id, bytes, publisher } of heads.value) {
    if (!isHex(bytes)) continue;
    const decoded = decodeHead(kind, fromHex(bytes));
    if (decoded.ok && sameHex(headId(decoded.value), id)) published.push({ id: headId(decoded.value), head: decoded.value, publisher });
  }
  return ok(published);
}
