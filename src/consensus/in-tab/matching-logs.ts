/** Which of a chain's logs a question asks for. */
import type { EIP1193Parameters, PublicRpcSchema, RpcTransactionReceipt } from 'viem';
import type { Hex } from '../../protocol/bytes.ts';

/** In a block, and so with a place in the chain. */
export type MinedLog = RpcTransactionReceipt['logs'][number];
export type LogQuestion = Extract<EIP1193Parameters<PublicRpcSchema>, { readonly method: 'eth_getLogs' }>['params'][0];

export function matchingLogs(logs: readonly MinedLog[], { address, topics = [] }: Pick<LogQuestion, 'address' | 'topics'>): MinedLog[] {
  return logs.filter((log) => matches(log.address, address) && topics.every((topic, place) => matches(log.topics[place], topic)));
}

/** A place that asks for nothing takes anything, and a list takes any of its members. */
function matches(value: Hex | undefined, asked: Hex | readonly Hex[] | null | undefined): boolean {
  if (asked === null || asked === undefined) return true;
  const members = typeof asked === 'string' ? [asked] : asked;
  return members.some((member) => member.toLowerCase() === value);
}
