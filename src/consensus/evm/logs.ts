/** Logs of one contract since the first block worth reading, asked for in spans that public endpoints still answer. */
import { formatLog, numberToHex, type Log, type PublicClient, type RpcLog } from 'viem';
import type { Address } from '../../protocol/ids.ts';
import type { Hex } from '../../protocol/bytes.ts';

/** Blocks; common endpoints refuse wider questions. */
const SPAN = 10_000n;

export interface LogQuestion {
  readonly address: Address;
  /** As encodeEventTopics gives them; a list in a place matches any of its members. */
  readonly topics: readonly (Hex | readonly Hex[] | null)[];
  readonly fromBlock: bigint;
  readonly toBlock: bigint;
}

/** Oldest first. */
export async function readLogs(client: PublicClient, question: LogQuestion): Promise<Log[]> {
  const spans: Promise<RpcLog[]>[] = [];
  for (let from = question.fromBlock; from <= question.toBlock; from += SPAN) {
    const to = from + SPAN - 1n;
    spans.push(
      client.request({
        method: 'eth_getLogs',
        params: [
          {
            address: question.address,
            topics: question.topics.map(copy),
            fromBlock: numberToHex(from),
            toBlock: numberToHex(to < question.toBlock ? to : question.toBlock),
          },
        ],
      }),
    );
  }
  return (await Promise.all(spans)).flat().map((log) => formatLog(log));
}

function copy(topic: Hex | readonly Hex[] | null): Hex | Hex[] | null {
  return typeof topic === 'object' && topic !== null ? [...topic] : topic;
}
