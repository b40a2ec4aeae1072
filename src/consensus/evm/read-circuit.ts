/** A registered circuit: its parts from the log, its key from the code that holds it. */
import { encodeEventTopics, parseEventLogs, type PublicClient } from 'viem';
import type { CircuitId, ModelId } from '../../protocol/ids.ts';
import type { LedgerAnswers } from '../ledger.ts';
import { registryAbi } from './abi.ts';
import type { EvmNetwork } from './chain-client.ts';
import { readLogs } from './logs.ts';

export async function readCircuit(client: PublicClient, network: EvmNetwork, circuit: CircuitId): Promise<LedgerAnswers['circuit']> {
  const topics = encodeEventTopics({ abi: registryAbi, eventName: 'Registered', args: { circuit } });
  const logs = await readLogs(client, {
    address: network.registry,
    topics,
    fromBlock: BigInt(network.fromBlock),
    toBlock: await client.getBlockNumber(),
  });
  const registered = parseEventLogs({ abi: registryAbi, eventName: 'Registered', logs })[0];
  if (registered === undefined) return null;
  const key = await client.readContract({ address: network.registry, abi: registryAbi, functionName: 'keyOf', args: [circuit] });
  const { parts } = registered.args;
  return { parts: { ...parts, model: parts.model as ModelId }, key };
}
