/** The requester: publishes its circuit, keeps work on the market, and tells of its troubles. */
import { startFaults, terminalWords } from '../messages/en/terminal.ts';
import type { Ledger, PostedTask } from '../src/consensus/ledger.ts';
import { keepWork, type WorkKept } from '../src/marketplace/keep-work.ts';
import { publishCircuit, type CircuitFiles } from '../src/marketplace/publish-circuit.ts';
import type { PublishedDataset } from '../src/marketplace/publish-dataset.ts';
import { circuitId } from '../src/protocol/circuit.ts';
import type { Address } from '../src/protocol/ids.ts';
import type { Result } from '../src/protocol/result.ts';

export type Work = WorkKept;

export interface RequesterOptions extends CircuitFiles {
  /** Sends as the requester. */
  readonly ledger: Ledger;
  readonly address: Address;
  readonly dataset: PublishedDataset;
  readonly work?: Work;
  /** This device's time, seconds since 1970. */
  readonly now?: () => number;
  readonly tell: (line: string) => void;
}

export interface Requester {
  /** Looks at the market once: posts where work runs out, refunds what is over. */
  tend(): Promise<void>;
  /** Posts one more task now, over these shards or the next ones. */
  posts(shards?: readonly number[]): Promise<PostedTask>;
  stop(): Promise<void>;
}

const TEXT = 'Read handwritten digits';

export async function startRequester({ ledger, address, dataset, work, now, tell, ...files }: RequesterOptions): Promise<Requester> {
  const published = await publishCircuit(ledger, address, files);
  if (!published.ok && published.failure.kind === 'reverted' && published.failure.error === 'DevelopmentKey')
    throw new Error(startFaults.developmentKeyRefused);
  valueOf(published);
  const kept = await keepWork({
    ledger,
    address,
    circuit: circuitId(files.circuit),
    dataset,
    text: TEXT,
    onTrouble: (failure) => tell(terminalWords.requester(JSON.stringify(failure))),
    ...(work && { work }),
    ...(now && { now }),
  });
  const keeper = valueOf(kept);
  return {
    tend: async () => valueOf(await keeper.tend()),
    posts: async (shards) => valueOf(await keeper.post(shards)),
    stop: () => keeper.stop(),
  };
}

function valueOf<Value>(result: Result<Value, { readonly kind: string }>): Value {
  if (result.ok) return result.value;
  throw new Error(JSON.stringify(result.failure));
}
