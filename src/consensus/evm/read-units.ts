/** The units of a task that are not open, rebuilt from its events alone. */
import { encodeEventTopics, parseEventLogs, type PublicClient } from 'viem';
import type { TaskId } from '../../protocol/ids.ts';
import type { TakenUnit } from '../ledger.ts';
import { marketAbi } from './abi.ts';
import type { EvmNetwork } from './chain-client.ts';
import { readLogs } from './logs.ts';
import { readTime } from './read-clock.ts';

const signatures = (['Claimed', 'Pending', 'Settled'] as const).map((eventName) => encodeEventTopics({ abi: marketAbi, eventName })[0]);

export async function readUnits(client: PublicClient, network: EvmNetwork, task: TaskId): Promise<ReadonlyMap<number, TakenUnit>> {
  const [toBlock, time] = await Promise.all([client.getBlockNumber(), readTime(client)]);
  const logs = await readLogs(client, { address: network.market, topics: [signatures, task], fromBlock: BigInt(network.fromBlock), toBlock });
  const units = new Map<number, TakenUnit>();
  for (const { eventName, args } of parseEventLogs({ abi: marketAbi, eventName: ['Claimed', 'Pending', 'Settled'], logs })) {
    const before = units.get(args.unit);
    if (eventName === 'Claimed') units.set(args.unit, { status: 'claimed', claimant: args.claimant, until: args.until, boxKey: args.boxKey });
    if (eventName === 'Settled') units.set(args.unit, { status: 'settled', claimant: args.beneficiary });
    if (eventName === 'Pending') {
      if (args.until === 0 || before?.status !== 'claimed') units.delete(args.unit);
      else units.set(args.unit, { status: 'pending', claimant: before.claimant, until: args.until });
    }
  }
  return new Map([...units].filter(([, unit]) => !('until' in unit) || time <= unit.until));
}
