import { createWalletClient, custom, getContractAddress, hexToNumber, type Hex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { describe, expect, it } from 'vitest';
import { createChainClient } from '../evm/chain-client.ts';
import { attempt } from '../evm/failure.ts';
import { waitUntilMined } from '../evm/wait-until-mined.ts';
import { createTabChain } from './tab-chain.ts';

const account = privateKeyToAccount(`0x${'0a'.repeat(32)}`);
const START = 1_800_000_000;

/** Creation code for a contract whose own code is these bytes, 32 at most. */
const creates = (code: string): Hex => `0x7f${code.padEnd(64, '0')}60005260${(code.length / 2).toString(16).padStart(2, '0')}6000f3`;
const tellsTime = creates('4260005260206000f3');
/** With the word 0xab. */
const reverts = creates('60ab60005260206000fd');
/** Reverts unless more than 10,000 gas are left as it begins, of which it uses next to nothing. */
const wantsGasLeft = creates('5a61271010600b575f5ffd5b00');
/** The word 0xab, under its caller. */
const logs = creates('60ab6000523360206000a1');

async function opened() {
  const time = { now: START };
  const provider = await createTabChain(() => time.now);
  const client = createChainClient({ provider });
  const signed = (call: { readonly to?: Hex; readonly data: Hex; readonly gas?: bigint }, nonce: number, chainId = 31337) =>
    account.signTransaction({ gas: 200_000n, gasPrice: 0n, type: 'legacy', ...call, nonce, chainId });
  const send = async (call: { readonly to?: Hex; readonly data: Hex }, nonce: number) =>
    client.sendRawTransaction({ serializedTransaction: await signed(call, nonce) });
  const create = async (data: Hex, nonce: number): Promise<Hex> => {
    await send({ data }, nonce);
    return getContractAddress({ from: account.address, nonce: BigInt(nonce) });
  };
  return { time, provider, client, signed, send, create };
}

describe('a chain in a tab', () => {
  it('says that it does not know a method in a way that nobody tries again', async () => {
    const { provider } = await opened();
    let asked = 0;
    const client = createChainClient({
      provider: {
        request: (question) => {
          asked += 1;
          return provider.request(question);
        },
      },
    });
    await expect(provider.request({ method: 'eth_feeHistory', params: [] })).rejects.toMatchObject({ code: -32601 });
    await expect(client.getFeeHistory({ blockCount: 1, rewardPercentiles: [] })).rejects.toMatchObject({ name: 'MethodNotFoundRpcError' });
    expect(asked).toBe(1);
  });

  it('stands at the time of its clock, and never goes back', async () => {
    const { time, client, create, send } = await opened();
    const teller = await create(tellsTime, 0);
    const told = async (blockTag: 'latest' | 'pending') => hexToNumber((await client.call({ to: teller, blockTag })).data ?? '0x');
    time.now = START + 9.9;
    expect([await told('latest'), await told('pending')]).toEqual([START, START + 9]);
    expect((await client.getBlock({ blockTag: 'pending' })).timestamp).toBe(BigInt(START + 9));
    await send({ to: teller, data: '0x' }, 1);
    time.now = START - 100;
    await send({ to: teller, data: '0x' }, 2);
    expect([await told('latest'), await told('pending')]).toEqual([START + 9, START + 9]);
    expect(await client.getBlockNumber()).toBe(3n);
  });

  it('refuses what no block could hold, and goes on', async () => {
    const { provider, client, signed, send } = await opened();
    await send({ data: tellsTime }, 0);
    for (const raw of [
      await signed({ data: tellsTime }, 0),
      await signed({ data: tellsTime }, 7),
      await signed({ data: tellsTime }, 1, 1),
      await signed({ data: tellsTime, gas: 21_000n }, 1),
      await signed({ data: tellsTime, gas: 40_000_000n }, 1),
      '0x',
      '0xc0',
    ]) {
      await expect(provider.request({ method: 'eth_sendRawTransaction', params: [raw] })).rejects.toMatchObject({ code: -32000 });
    }
    expect(await client.getBlockNumber()).toBe(1n);
    expect(await client.getTransactionCount({ address: account.address })).toBe(1);
    await send({ data: tellsTime }, 1);
    expect(await client.getBlockNumber()).toBe(2n);
  });

  it('mines what is sent at once in the order in which it came', async () => {
    const { client, send } = await opened();
    const sent = await Promise.all([0, 1, 2].map((nonce) => send({ data: tellsTime }, nonce)));
    const receipts = await Promise.all(sent.map((hash) => client.getTransactionReceipt({ hash })));
    expect(receipts.map(({ blockNumber }) => blockNumber)).toEqual([1n, 2n, 3n]);
    const blocks = await Promise.all([1n, 2n, 3n].map((blockNumber) => client.getBlock({ blockNumber })));
    expect(blocks.map(({ hash }) => hash)).toEqual(receipts.map(({ blockHash }) => blockHash));
    expect(blocks[2]?.parentHash).toBe(blocks[1]?.hash);
    expect(await client.getTransaction({ hash: sent[1] ?? '0x' })).toMatchObject({ nonce: 1, blockNumber: 2n, input: tellsTime, to: null });
  });

  it('mines a call that fails, and says afterwards why it did', async () => {
    const { client, create, send } = await opened();
    const reverter = await create(reverts, 0);
    const tx = await send({ to: reverter, data: '0x' }, 1);
    expect((await client.getTransactionReceipt({ hash: tx })).status).toBe('reverted');
    const mined = await attempt(() => waitUntilMined(client, tx, { account: account.address, to: reverter, data: '0x', gas: 100_000n }));
    expect(mined).toEqual({ ok: false, failure: { kind: 'reverted', error: '0x00000000', args: [] } });
  });

  it('tells a contract that refuses from a call that runs out of gas, which more gas would help', async () => {
    const { provider, create } = await opened();
    const [teller, reverter] = [await create(tellsTime, 0), await create(reverts, 1)];
    const call = (to: Hex, gas: Hex) => provider.request({ method: 'eth_call', params: [{ to, gas }, 'latest'] });
    await expect(call(reverter, '0xffff')).rejects.toMatchObject({ code: 3, data: `0x${'ab'.padStart(64, '0')}` });
    await expect(call(teller, '0x5209')).rejects.toMatchObject({ code: -32000, message: 'out of gas' });
    await expect(call(teller, '0x5207')).rejects.toMatchObject({ code: -32000 });
  });

  it('estimates the least gas with which a call succeeds', async () => {
    const { client, create } = await opened();
    const [cautious, reverter] = [await create(wantsGasLeft, 0), await create(reverts, 1)];
    // What a transaction costs by itself, the 2 that it takes to ask what is left, and more than 10,000 left.
    expect(await client.estimateGas({ account, to: cautious })).toBe(21_000n + 2n + 10_001n);
    expect(await attempt(() => client.estimateGas({ account, to: reverter }))).toMatchObject({ ok: false, failure: { kind: 'reverted' } });
  });

  it('takes what the wallet of viem prepares', async () => {
    const { client, provider } = await opened();
    const wallet = createWalletClient({ account, transport: custom(provider) });
    const hash = await wallet.deployContract({ abi: [], bytecode: tellsTime, chain: null });
    expect(await client.getTransactionReceipt({ hash })).toMatchObject({ status: 'success', type: 'eip1559', effectiveGasPrice: 0n });
    expect(await client.getTransaction({ hash })).toMatchObject({ nonce: 0, type: 'eip1559', chainId: 31337, from: account.address.toLowerCase() });
  });

  it('keeps nothing of a trial', async () => {
    const { client, create } = await opened();
    const before = await client.getBlock();
    await client.call({ account, data: tellsTime });
    expect(await client.getTransactionCount({ address: account.address, blockTag: 'pending' })).toBe(0);
    expect(await client.getBlock()).toEqual(before);
    expect(await client.getBalance({ address: account.address })).toBe(0n);
    expect(await client.getCode({ address: await create(tellsTime, 0) })).toBe('0x4260005260206000f3');
  });

  it('remembers the state after every block', async () => {
    const { client, create } = await opened();
    const address = await create(tellsTime, 0);
    expect(await client.getCode({ address, blockNumber: 0n })).toBeUndefined();
    expect(await client.getCode({ address, blockNumber: 1n })).toBe('0x4260005260206000f3');
    expect(await attempt(() => client.getCode({ address, blockNumber: 2n }))).toEqual({
      ok: false,
      failure: { kind: 'chain-down', detail: 'block not found' },
    });
    await expect(client.getBlock({ blockNumber: 2n })).rejects.toMatchObject({ name: 'BlockNotFoundError' });
  });

  it('finds logs by contract, topic and block', async () => {
    const { client, create, send } = await opened();
    const [first, second] = [await create(logs, 0), await create(logs, 1)];
    for (const [i, to] of [first, second, first].entries()) await send({ to, data: '0x' }, 2 + i);
    const topic: Hex = `0x${account.address.slice(2).toLowerCase().padStart(64, '0')}`;
    const other: Hex = `0x${'11'.repeat(32)}`;
    const found = async (
      question: { readonly address?: Hex; readonly topics?: (Hex | Hex[] | null)[] },
      fromBlock: Hex = '0x0',
      toBlock: Hex = '0x5',
    ) => (await client.request({ method: 'eth_getLogs', params: [{ ...question, fromBlock, toBlock }] })).map(({ blockNumber }) => blockNumber);
    expect(await found({})).toEqual(['0x3', '0x4', '0x5']);
    expect(await found({ address: first })).toEqual(['0x3', '0x5']);
    expect(await found({ address: first }, '0x4', '0x5')).toEqual(['0x5']);
    expect(await found({}, '0x3', '0x4')).toEqual(['0x3', '0x4']);
    expect(await found({ topics: [[other, topic]] })).toHaveLength(3);
    for (const topics of [[other], [topic, null], [null, topic]]) expect(await found({ topics })).toHaveLength(topics[1] === null ? 3 : 0);
  });

  it('does not pretend to what it cannot do', async () => {
    const { provider } = await opened();
    for (const question of [
      { method: 'eth_call', params: [{ data: '0x' }, 'latest', {}] },
      { method: 'eth_getBlockByNumber', params: ['latest', true] },
      { method: 'eth_getLogs', params: [{ blockHash: `0x${'11'.repeat(32)}` }] },
    ]) {
      await expect(provider.request(question)).rejects.toMatchObject({ code: -32000 });
    }
  });
});
