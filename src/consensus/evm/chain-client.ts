/** The one connection to a chain's endpoint: batches what is asked at once, gives up on silence, never retries a send. */
import { createPublicClient, http, type PublicClient } from 'viem';
import type { Deployment } from '../../protocol/deployment.ts';

/** Where the three contracts are, and how to reach their chain. */
export type EvmNetwork = Pick<Deployment, 'chainId' | 'rpcUrl' | 'token' | 'registry' | 'market' | 'fromBlock'>;

/** Seconds of silence after which an endpoint counts as down are short: whoever asks can ask again. */
const SILENCE_MS = 10_000;

export function createChainClient(rpcUrl: string): PublicClient {
  return createPublicClient({
    transport: http(rpcUrl, { batch: true, retryCount: 0, timeout: SILENCE_MS }),
    pollingInterval: 100,
    cacheTime: 0,
  });
}
