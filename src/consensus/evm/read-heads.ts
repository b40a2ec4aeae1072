/** Published heads of a kind. The registry hashed each one itself, so an id from its log needs no second look. */
import { encodeEventTopics, parseEventLogs, sha256, stringToHex, type PublicClient } from 'viem';
import type { Hex } from '../../protocol/bytes.ts';
import type { Head } from '../../protocol/heads.ts';
import type { PublishedHead } from '../ledger.ts';
import { registryAbi } from './abi.ts';
import type { EvmNetwork } from './chain-client.ts';
import { readLogs } from './logs.ts';

export async function readHeads(client: PublicClient, network: EvmNetwork, kind: Head['t']): Promise<PublishedHead[]> {
  const topics = encodeEventTopics({ abi: registryAbi, eventName: 'Published', args: { kind: kindHash(kind) } });
  const logs = await readLogs(client, {
    address: network.registry,
    topics,
    fromBlock: BigInt(network.fromBlock),
    toBlock: await client.getBlockNumber(),
  });
  return parseEventLogs({ abi: registryAbi, eventName: 'Published', logs }).map(({ args }) => ({
    id: args.id,
    bytes: args.head,
    publisher: args.publisher,
  }));
}

/** What a head's type is called on the chain: the SHA-256 of its text. */
export function kindHash(kind: Head['t']): Hex {
  return sha256(stringToHex(kind));
}
