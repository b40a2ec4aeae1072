/** The one connection to a chain: batches what is asked at once, gives up on silence, never retries a send. */
import { createPublicClient, custom, http, type PublicClient } from 'viem';
import type { Deployment } from '../../protocol/deployment.ts';

/** A chain that runs in this very page or process: it is asked directly, and says no as EIP-1193 has it. */
export interface ChainProvider {
  request(question: { readonly method: string; readonly params?: unknown }): Promise<unknown>;
}

/** How a chain is reached: at its endpoint, or in place. */
export type ChainConnection = Pick<Deployment, 'rpcUrl'> | { readonly provider: ChainProvider };

/** The three contracts, on the chain that holds them. */
export type EvmContracts = Pick<Deployment, 'chainId' | 'token' | 'registry' | 'market' | 'fromBlock'>;

/** Where the three contracts are, and how to reach their chain. */
export type EvmNetwork = EvmContracts & ChainConnection;

/** One that others can reach too. */
export type ServedNetwork = EvmNetwork & Pick<Deployment, 'rpcUrl'>;

/** Seconds of silence after which an endpoint counts as down are short: whoever asks can ask again. */
const SILENCE_MS = 10_000;

export function createChainClient(chain: ChainConnection): PublicClient {
  return createPublicClient({
    transport:
      'provider' in chain ? custom(chain.provider, { retryCount: 0 }) : http(chain.rpcUrl, { batch: true, retryCount: 0, timeout: SILENCE_MS }),
    pollingInterval: 100,
    cacheTime: 0,
  });
}
