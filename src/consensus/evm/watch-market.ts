/** Follows the market's log block by block, through any number of times that the chain goes away and returns. */
import { BaseError, type PublicClient } from 'viem';
import type { LedgerEvent } from '../ledger.ts';
import type { EvmNetwork } from './chain-client.ts';
import { ledgerEvents } from './events.ts';
import { readLogs } from './logs.ts';

export interface WatchOptions {
  /** Milliseconds between looks. */
  readonly interval?: number;
  /** The longest wait, in milliseconds, between tries to reach a chain that is down. */
  readonly patience?: number;
}

/** Resolves once the present block is known (or the chain is known to be down): what comes after it is reported, once each. */
export async function watchMarket(
  client: PublicClient,
  network: EvmNetwork,
  listener: (event: LedgerEvent) => void,
  options: WatchOptions = {},
): Promise<() => void> {
  const { interval = 500, patience = 15_000 } = options;
  let next: bigint | null = null;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const look = async (): Promise<void> => {
    const head = await client.getBlockNumber();
    // A chain that is shorter than before was set back: what it held past this block is gone.
    if (next === null || next > head + 1n) next = head + 1n;
    if (next > head) return;
    const events = ledgerEvents(await readLogs(client, { address: network.market, topics: [], fromBlock: next, toBlock: head }));
    next = head + 1n;
    for (const event of events) if (!stopped) listener(event);
  };
  const again = (wait: number): void => {
    if (stopped) return;
    timer = setTimeout(() => void step(wait), wait);
  };
  const step = async (wait: number): Promise<void> => {
    try {
      await look();
      again(interval);
    } catch (error) {
      if (!(error instanceof BaseError)) throw error;
      again(Math.min(patience, 2 * wait));
    }
  };

  await step(interval);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
