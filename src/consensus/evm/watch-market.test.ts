import { expect, it } from 'vitest';
import { stubEndpoint } from './stub-endpoint.ts';
import { watchMarket } from './watch-market.ts';

const address = `0x${'44'.repeat(20)}` as const;
const network = { rpcUrl: 'http://127.0.0.1:1', chainId: 31337, market: address, registry: address, token: address, fromBlock: 0 };

it('throws on a mistake of ours, which no patience mends', async () => {
  const client = stubEndpoint({});
  client.getBlockNumber = () => Promise.reject(new RangeError('no such block'));
  await expect(watchMarket(client, network, () => {})).rejects.toThrow(RangeError);
});
