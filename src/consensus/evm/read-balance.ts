/** What an account holds, in base units of the token. */
import type { PublicClient } from 'viem';
import type { Address } from '../../protocol/ids.ts';
import { tokenAbi } from './abi.ts';
import type { EvmNetwork } from './chain-client.ts';

export async function readBalance(client: PublicClient, network: EvmNetwork, of: Address): Promise<bigint> {
  return client.readContract({ address: network.token, abi: tokenAbi, functionName: 'balanceOf', args: [of] });
}
