/** Prints the market as it happens: a line for each event, with the gas its transaction used. */
import type { PublicClient } from 'viem';
import type { Ledger, LedgerEvent } from '../src/consensus/ledger.ts';
import { linesFor } from './journal-lines.ts';

export interface MarketFollower {
  readonly ledger: Ledger;
  readonly client: PublicClient;
  readonly rowsPerUnit: number;
  readonly tell: (line: string) => void;
}

export async function followMarket({ ledger, client, rowsPerUnit, tell }: MarketFollower): Promise<{ readonly stop: () => Promise<void> }> {
  let turn: Promise<void> = Promise.resolve();
  const say = async (event: LedgerEvent): Promise<void> => {
    const receipt = await client.getTransactionReceipt({ hash: event.at.tx }).catch(() => null);
    for (const line of linesFor(event, { rowsPerUnit, gas: receipt?.gasUsed ?? null })) tell(line);
  };
  const unwatch = await ledger.watch((event) => {
    turn = turn.then(() => say(event));
  });
  return {
    stop: async () => {
      unwatch();
      await turn;
    },
  };
}
