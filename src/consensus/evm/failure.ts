/** What went wrong on the way to a contract, as a value: nobody could say what it would do, or it refused and said why. */
import { BaseError, decodeErrorResult, size, type DecodeErrorResultReturnType } from 'viem';
import { isHex, type Hex } from '../../protocol/bytes.ts';
import { fail, ok, type Result } from '../../protocol/result.ts';
import type { LedgerFailure } from '../ledger.ts';
import { errorsAbi } from './abi.ts';

/** Runs a step that talks to the chain, and returns its expected failures as values. */
export async function attempt<Value>(step: () => Promise<Value>): Promise<Result<Value, LedgerFailure>> {
  try {
    return ok(await step());
  } catch (error) {
    if (!(error instanceof BaseError)) throw error;
    return fail(failureOf(error));
  }
}

/**
 * Only a contract's refusal is final. Whatever else goes wrong (too many requests, a block that is not there yet, a nonce that
 * is taken, no coins for gas, a transaction that nobody mined in time) may be otherwise in a minute and counts as a chain that
 * is down: finished work must not be given up for it.
 * @example
 * failureOf(new HttpRequestError({ url: 'http://127.0.0.1:1' })).kind // 'chain-down'
 */
export function failureOf(error: BaseError): LedgerFailure {
  const data = revertDataOf(error);
  return data === null ? { kind: 'chain-down', detail: error.details || error.shortMessage } : decodeRevert(data);
}

/**
 * The error that a contract raised, by name. Text that no contract of ours raises keeps its first four bytes.
 * @example
 * decodeRevert('0xf25b3f99') // { kind: 'reverted', error: '0xf25b3f99', args: [] }
 */
export function decodeRevert(data: Hex): LedgerFailure {
  if (data === '0x') return { kind: 'reverted', error: 'NoReason', args: [] };
  let decoded: DecodeErrorResultReturnType<typeof errorsAbi>;
  try {
    decoded = decodeErrorResult({ abi: errorsAbi, data });
  } catch {
    return { kind: 'reverted', error: data.slice(0, 10), args: [] };
  }
  return { kind: 'reverted', error: decoded.errorName, args: (decoded.args ?? []).map(String) };
}

/** How endpoints say that a call reverted: by this code, or in words. */
const REVERTED_CODE = 3;
const REVERTED_WORDS = /execution reverted/i;

/**
 * Endpoints put the revert's bytes at different depths; the deepest hexadecimal `data` of the chain of causes is it. A revert
 * without a reason has none, or too few to name an error, and is told from other trouble by the endpoint's word alone.
 */
function revertDataOf(error: BaseError): Hex | null {
  let found: Hex | null = null;
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const data: unknown = 'data' in cause ? cause.data : undefined;
    const inner: unknown = typeof data === 'object' && data !== null && 'data' in data ? data.data : data;
    if (isHex(inner) && size(inner) >= 4) found = inner;
    else if (saysReverted(cause)) found ??= '0x';
  }
  return found;
}

function saysReverted(cause: Error): boolean {
  return ('code' in cause && cause.code === REVERTED_CODE) || (cause instanceof BaseError && REVERTED_WORDS.test(cause.details));
}
