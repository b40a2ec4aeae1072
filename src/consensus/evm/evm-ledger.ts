/** The ledger on any EVM chain that holds the three contracts. */
import type { PublicClient } from 'viem';
import type { Result } from '../../protocol/result.ts';
import type { Ledger, LedgerAnswers, LedgerFailure, LedgerQuery } from '../ledger.ts';
import { createChainClient, type EvmNetwork } from './chain-client.ts';
import { attempt } from './failure.ts';
import { readBalance } from './read-balance.ts';
import { readCircuit } from './read-circuit.ts';
import { readClock } from './read-clock.ts';
import { readHeads } from './read-heads.ts';
import { readSettlement } from './read-settlement.ts';
import { readTasks } from './read-tasks.ts';
import { readUnits } from './read-units.ts';
import type { Sender } from './sender.ts';
import { watchMarket, type WatchOptions } from './watch-market.ts';

/** @param sender a wallet's or a sponsor's: reading needs neither */
export function createEvmLedger(network: EvmNetwork, sender: Sender, options: WatchOptions = {}): Ledger {
  const client = createChainClient(network);
  return {
    // Each case answers its own query, which TypeScript cannot follow through a generic.
    read: <Query extends LedgerQuery>(query: Query) =>
      attempt(() => answer(client, network, query)) as Promise<Result<LedgerAnswers[Query['read']], LedgerFailure>>,
    send: (action) => sender.send(action),
    watch: (listener) => watchMarket(client, network, listener, options),
  };
}

async function answer(client: PublicClient, network: EvmNetwork, query: LedgerQuery): Promise<LedgerAnswers[LedgerQuery['read']]> {
  switch (query.read) {
    case 'clock':
      return readClock(client, network);
    case 'tasks':
      return readTasks(client, network);
    case 'task':
      return (await readTasks(client, network, query.task))[0] ?? null;
    case 'units':
      return readUnits(client, network, query.task);
    case 'balance':
      return readBalance(client, network, query.of);
    case 'circuit':
      return readCircuit(client, network, query.circuit);
    case 'heads':
      return readHeads(client, network, query.kind);
    case 'settlement':
      return readSettlement(client, network, query.task, query.unit);
  }
}
