import { BaseError, HttpRequestError, TimeoutError, encodeErrorResult } from 'viem';
import { describe, expect, it } from 'vitest';
import { errorsAbi } from './abi.ts';
import { attempt, decodeRevert, failureOf } from './failure.ts';

describe('what went wrong on the way to a contract', () => {
  it('is silence when nobody answers', () => {
    const refused = new HttpRequestError({ url: 'http://127.0.0.1:1' });
    expect(failureOf(refused).kind).toBe('chain-down');
    expect(failureOf(new BaseError('wrapped', { cause: refused })).kind).toBe('chain-down');
    expect(failureOf(new TimeoutError({ body: {}, url: 'http://127.0.0.1:1' })).kind).toBe('chain-down');
  });

  it('is the error that the contract raised, with its arguments as text', () => {
    const data = encodeErrorResult({ abi: errorsAbi, errorName: 'NotOpen', args: [1_800_000_600] });
    expect(decodeRevert(data)).toEqual({ kind: 'reverted', error: 'NotOpen', args: ['1800000600'] });
  });

  it('names what it cannot decode by its first four bytes', () => {
    expect(decodeRevert('0xdeadbeef00')).toEqual({ kind: 'reverted', error: '0xdeadbeef', args: [] });
    expect(decodeRevert('0x')).toEqual({ kind: 'reverted', error: 'NoReason', args: [] });
  });

  it('keeps the words of an endpoint that refuses without a contract', () => {
    expect(failureOf(new BaseError('nonce too low'))).toEqual({ kind: 'reverted', error: 'Refused', args: ['nonce too low'] });
  });

  it('is no failure but a fault when our own code breaks', async () => {
    await expect(attempt(() => Promise.reject(new RangeError('broken')))).rejects.toThrow('broken');
  });
});
