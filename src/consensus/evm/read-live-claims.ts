/** How many units an account holds now: claimed, not delivered, lease not over. */
import { encodeEventTopics, pad, parseEventLogs, type PublicClient } from 'viem';
import type { Address } from '../../protocol/ids.ts';
import { marketAbi } from './abi.ts';
import type { EvmNetwork } from './chain-client.ts';
import { readLogs } from './logs.ts';
import { readTime } from './read-clock.ts';

export async function readLiveClaims(client: PublicClient, network: EvmNetwork, claimant: Address): Promise<number> {
  const [toBlock, time] = await Promise.all([client.getBlockNumber(), readTime(client)]);
  const claimed = encodeEventTopics({ abi: marketAbi, eventName: 'Claimed' });
  const settled = encodeEventTopics({ abi: marketAbi, eventName: 'Settled' });
  // Both events carry the account in the same place, so one question finds both.
  const topics = [[claimed[0], settled[0]], null, pad(claimant)];
  const logs = await readLogs(client, { address: network.market, topics, fromBlock: BigInt(network.fromBlock), toBlock });
  const until = new Map<string, number>();
  for (const { eventName, args } of parseEventLogs({ abi: marketAbi, eventName: ['Claimed', 'Settled'], logs })) {
    until.set(`${args.task}/${args.unit}`, eventName === 'Claimed' ? args.until : 0);
  }
  return [...until.values()].filter((end) => end >= time).length;
}
