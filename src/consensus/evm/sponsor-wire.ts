/** What a tab and a sponsor say to each other, as JSON: the call's own bytes one way, a transaction or a failure the other. */
import { isHex, type Hex } from '../../protocol/bytes.ts';
import { fail, ok, type Result } from '../../protocol/result.ts';
import type { LedgerFailure } from '../ledger.ts';

export interface SponsorRequest {
  readonly action: 'claim' | 'settle';
  /** The market call, selector first. */
  readonly data: Hex;
}

export type SponsorAnswer = { readonly ok: true; readonly tx: Hex } | { readonly ok: false; readonly failure: LedgerFailure };

/** Bytes of a call; a claim has about 900, a delivery with a path of 32 about 2,100. */
const MAX_CALL_BYTES = 8_192;

export function parseSponsorRequest(json: unknown): Result<SponsorRequest, LedgerFailure> {
  if (!isRecord(json)) return refused('request-unreadable');
  const { action, data } = json;
  if (action !== 'claim' && action !== 'settle') return refused('not-sponsored');
  if (!isHex(data)) return refused('not-hexadecimal');
  if (data.length > 2 + 2 * MAX_CALL_BYTES) return refused('call-too-long');
  return ok({ action, data });
}

export function parseSponsorAnswer(json: unknown): Result<Hex, LedgerFailure> {
  if (!isRecord(json)) return refused('answer-unreadable');
  if (json.ok === true && isHex(json.tx, 32)) return ok(json.tx);
  return fail(parseFailure(json.failure) ?? { kind: 'sponsor-refused', detail: 'answer-unreadable' });
}

function parseFailure(json: unknown): LedgerFailure | null {
  if (!isRecord(json)) return null;
  const { kind, detail, error, args } = json;
  if ((kind === 'chain-down' || kind === 'sponsor-refused') && typeof detail === 'string') return { kind, detail };
  if (kind === 'reverted' && typeof error === 'string' && Array.isArray(args) && args.every((arg) => typeof arg === 'string'))
    return { kind, error, args };
  return null;
}

function refused(detail: string): { readonly ok: false; readonly failure: LedgerFailure } {
  return fail({ kind: 'sponsor-refused', detail });
}

function isRecord(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
