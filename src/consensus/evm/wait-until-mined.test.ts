import { encodeErrorResult, zeroAddress, zeroHash } from 'viem';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { errorsAbi } from './abi.ts';
import { attempt } from './failure.ts';
import { EndpointError, stubEndpoint } from './stub-endpoint.ts';
import { waitUntilMined } from './wait-until-mined.ts';

const tx = `0x${'ab'.repeat(32)}` as const;
const call = { account: zeroAddress, to: zeroAddress, data: '0x00', gas: 21_000n } as const;
const receipt = (status: '0x0' | '0x1') => ({
  transactionHash: tx,
  blockHash: zeroHash,
  blockNumber: '0x7',
  transactionIndex: '0x0',
  from: zeroAddress,
  to: zeroAddress,
  cumulativeGasUsed: '0x5208',
  gasUsed: '0x5208',
  effectiveGasPrice: '0x0',
  contractAddress: null,
  logs: [],
  logsBloom: '0x',
  status,
  type: '0x2',
});
const minedWith = (status: '0x0' | '0x1', replayed: unknown) =>
  stubEndpoint({ eth_blockNumber: () => '0x7', eth_getTransactionReceipt: () => receipt(status), eth_call: () => replayed });

describe('waiting for a transaction', () => {
  afterEach(() => void vi.useRealTimers());

  it('ends with its block and gas', async () => {
    expect(await attempt(() => waitUntilMined(minedWith('0x1', '0x'), tx, call))).toEqual({ ok: true, value: { tx, gas: 21_000n, block: 7 } });
  });

  it('ends with what the contract said where it failed', async () => {
    const data = encodeErrorResult({ abi: errorsAbi, errorName: 'LeaseExpired' });
    const waited = await attempt(() => waitUntilMined(minedWith('0x0', new EndpointError(3, 'execution reverted', data)), tx, call));
    expect(waited).toEqual({ ok: false, failure: { kind: 'reverted', error: 'LeaseExpired', args: [] } });
  });

  it('is worth another try where it failed and would succeed now', async () => {
    const waited = await attempt(() => waitUntilMined(minedWith('0x0', '0x'), tx, call));
    expect(waited).toEqual({ ok: false, failure: { kind: 'chain-down', detail: `transaction ${tx} failed, and would succeed now` } });
  });

  it('counts the chain as down after two minutes in which nobody mined it', async () => {
    vi.useFakeTimers();
    const client = stubEndpoint({ eth_blockNumber: () => '0x7', eth_getTransactionReceipt: () => null, eth_getTransactionByHash: () => null });
    const waited = attempt(() => waitUntilMined(client, tx, call));
    await vi.advanceTimersByTimeAsync(121_000);
    expect(await waited).toMatchObject({ ok: false, failure: { kind: 'chain-down' } });
  });
});
