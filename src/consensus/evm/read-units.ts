/** The state of a task's units, rebuilt from its events alone. */
import { encodeEventTopics, parseEventLogs, type PublicClient } from 'viem';
import type { TaskId } from '../../protocol/ids.ts';
import type { UnitState } from '../ledger.ts';
import { marketAbi } from './abi.ts';
import type { EvmNetwork } from './chain-client.ts';
import { readLogs } from './logs.ts';
import { readTime } from './read-clock.ts';

const signatures = (['Claimed', 'Pending', 'Settled'] as const).map((eventName) => encodeEventTopics({ abi: marketAbi, eventName })[0]);

export async function readUnits(client: PublicClient, network: EvmNetwork, task: TaskId, count: number): Promise<UnitState[]> {
  const [toBlock, time] = await Promise.all([client.getBlockNumber(), readTime(client)]);
  const logs = await readLogs(client, { address: network.market, topics: [signatures, task], fromBlock: BigInt(network.fromBlock), toBlock });
  const units: UnitState[] = Array.from({ length: count }, () => ({ status: 'open' }));
  for (const { eventName, args } of parseEventLogs({ abi: marketAbi, eventName: ['Claimed', 'Pending', 'Settled'], logs })) {
    const before = units[args.unit];
    if (before === undefined) continue;
    if (eventName === 'Claimed') units[args.unit] = { status: 'claimed', claimant: args.claimant, until: args.until, boxKey: args.boxKey };
    if (eventName === 'Settled') units[args.unit] = { status: 'settled', claimant: args.beneficiary };
    if (eventName === 'Pending')
      units[args.unit] =
        args.until === 0 || before.status !== 'claimed' ? { status: 'open' } : { status: 'pending', claimant: before.claimant, until: args.until };
  }
  return units.map((unit) => ('until' in unit && time > unit.until ? { status: 'open' } : unit));
}
