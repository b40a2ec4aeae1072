/** How a unit was settled, or null while it is not. */
import { encodeEventTopics, parseEventLogs, type PublicClient } from 'viem';
import type { TaskId } from '../../protocol/ids.ts';
import type { Settlement } from '../ledger.ts';
import { marketAbi } from './abi.ts';
import type { EvmNetwork } from './chain-client.ts';
import { positionOf } from './events.ts';
import { readLogs } from './logs.ts';

export async function readSettlement(client: PublicClient, network: EvmNetwork, task: TaskId, unit: number): Promise<Settlement | null> {
  const topics = encodeEventTopics({ abi: marketAbi, eventName: 'Settled', args: { task } });
  const logs = await readLogs(client, {
    address: network.market,
    topics,
    fromBlock: BigInt(network.fromBlock),
    toBlock: await client.getBlockNumber(),
  });
  const settled = parseEventLogs({ abi: marketAbi, eventName: 'Settled', logs }).find(({ args }) => args.unit === unit);
  if (settled === undefined) return null;
  const at = positionOf(settled);
  const { timestamp } = await client.getBlock({ blockNumber: BigInt(at.block) });
  return { beneficiary: settled.args.beneficiary, paid: settled.args.paid, values: settled.args.values, at, time: Number(timestamp) };
}
