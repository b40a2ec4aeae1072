import { BaseError, HttpRequestError, TimeoutError, encodeErrorResult, zeroAddress } from 'viem';
import { describe, expect, it } from 'vitest';
import { errorsAbi } from './abi.ts';
import { attempt, decodeRevert, failureOf } from './failure.ts';
import { EndpointError, passingTrouble, stubEndpoint } from './stub-endpoint.ts';

/** The failure of a call, and that of a transaction, at an endpoint that answers both with this error. */
async function failuresAt(error: EndpointError) {
  const client = stubEndpoint({ eth_call: () => error, eth_sendRawTransaction: () => error });
  const called = await attempt(() => client.call({ to: zeroAddress, data: '0x00' }));
  const sent = await attempt(() => client.sendRawTransaction({ serializedTransaction: '0x02' }));
  if (called.ok || sent.ok) throw new Error('an error came back as an answer');
  return [called.failure, sent.failure];
}

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

  it.each(passingTrouble)('is nobody’s refusal where an endpoint says $code, "$message": it is asked again', async (error) => {
    const down = { kind: 'chain-down', detail: error.message };
    expect(await failuresAt(error)).toEqual([down, down]);
  });

  it('is a refusal wherever an endpoint puts the bytes of one', async () => {
    const data = encodeErrorResult({ abi: errorsAbi, errorName: 'ProofRejected' });
    for (const error of [
      new EndpointError(3, 'execution reverted', data),
      new EndpointError(-32000, 'execution reverted: custom error', data),
      new EndpointError(-32603, 'VM Exception while processing transaction', { message: 'reverted', data }),
    ]) {
      const refused = { kind: 'reverted', error: 'ProofRejected', args: [] };
      expect(await failuresAt(error)).toEqual([refused, refused]);
    }
  });

  it('is a refusal without a reason where the endpoint says so and has no bytes to show', async () => {
    for (const error of [new EndpointError(3, 'reverted', '0x'), new EndpointError(-32000, 'execution reverted')]) {
      const refused = { kind: 'reverted', error: 'NoReason', args: [] };
      expect(await failuresAt(error)).toEqual([refused, refused]);
    }
  });

  it('is silence where we ourselves cannot say what happened, in the words we have', () => {
    expect(failureOf(new BaseError('failed, and would succeed now'))).toEqual({ kind: 'chain-down', detail: 'failed, and would succeed now' });
  });

  it('is no failure but a fault when our own code breaks', async () => {
    await expect(attempt(() => Promise.reject(new RangeError('broken')))).rejects.toThrow('broken');
  });
});
