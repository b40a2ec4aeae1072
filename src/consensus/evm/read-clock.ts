/** The chain's identity, height and time. */
import type { PublicClient } from 'viem';
import type { LedgerAnswers } from '../ledger.ts';
import type { EvmNetwork } from './chain-client.ts';

export async function readClock(client: PublicClient, network: EvmNetwork): Promise<LedgerAnswers['clock']> {
  const [chainId, block, time] = await Promise.all([client.getChainId(), client.getBlockNumber(), readTime(client)]);
  return { chainId, block: Number(block), time, market: network.market, registry: network.registry, token: network.token };
}

/**
 * The time that a transaction sent now would see: the next block's. The last block's may be long past on a chain that
 * mines only when there is something to mine.
 */
export async function readTime(client: PublicClient): Promise<number> {
  const next = await client.getBlock({ blockTag: 'pending' });
  return Number(next.timestamp);
}
