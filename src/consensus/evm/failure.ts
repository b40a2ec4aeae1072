/** What went wrong on the way to a contract, as a value: nobody answered, or a contract refused and said why. */
import {
  BaseError,
  HttpRequestError,
  SocketClosedError,
  TimeoutError,
  WebSocketRequestError,
  decodeErrorResult,
  type DecodeErrorResultReturnType,
} from 'viem';
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
 * @example
 * failureOf(new HttpRequestError({ url: 'http://127.0.0.1:1' })).kind // 'chain-down'
 */
export function failureOf(error: BaseError): LedgerFailure {
  if (error.walk(isSilence) !== null) return { kind: 'chain-down', detail: error.shortMessage };
  const data = revertDataOf(error);
  if (data !== null) return decodeRevert(data);
  return { kind: 'reverted', error: 'Refused', args: [error.details || error.shortMessage] };
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
  } catch (error) {
    if (!(error instanceof BaseError)) throw error;
    return { kind: 'reverted', error: data.slice(0, 10), args: [] };
  }
  return { kind: 'reverted', error: decoded.errorName, args: (decoded.args ?? []).map(String) };
}

function isSilence(error: unknown): boolean {
  return (
    error instanceof HttpRequestError || error instanceof TimeoutError || error instanceof WebSocketRequestError || error instanceof SocketClosedError
  );
}

/** Endpoints put the revert's bytes at different depths; the deepest hexadecimal `data` of the chain of causes is it. */
function revertDataOf(error: BaseError): Hex | null {
  let found: Hex | null = null;
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const data: unknown = 'data' in cause ? cause.data : undefined;
    const inner: unknown = typeof data === 'object' && data !== null && 'data' in data ? data.data : data;
    if (isHex(inner)) found = inner;
  }
  return found;
}
