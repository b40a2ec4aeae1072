/** Posted tasks, from the market's log. */
import { encodeEventTopics, parseEventLogs, type PublicClient } from 'viem';
import type { TaskId } from '../../protocol/ids.ts';
import type { PostedTask } from '../ledger.ts';
import { marketAbi } from './abi.ts';
import type { EvmNetwork } from './chain-client.ts';
import { readLogs } from './logs.ts';
import { termsFromChain } from './terms-from-chain.ts';

/** Oldest first; only the one named, if one is. */
export async function readTasks(client: PublicClient, network: EvmNetwork, task?: TaskId): Promise<PostedTask[]> {
  const topics = encodeEventTopics({ abi: marketAbi, eventName: 'Posted', args: task === undefined ? {} : { task } });
  const logs = await readLogs(client, {
    address: network.market,
    topics,
    fromBlock: BigInt(network.fromBlock),
    toBlock: await client.getBlockNumber(),
  });
  return parseEventLogs({ abi: marketAbi, eventName: 'Posted', logs }).map(({ args }) => ({
    id: args.task as TaskId,
    terms: termsFromChain(args.terms),
  }));
}
