/** What a worksite stands on: an account, its stores, a chain and its peers. `compose.ts` builds it on a network, `compose-practice.ts` in the tab itself. */
import type { Ledger } from '../consensus/ledger.ts';
import type { Signer } from '../identity/signer.ts';
import type { PeerNetwork } from '../network/peer-network.ts';
import type { JobFailure } from '../protocol/job-report.ts';
import type { Result } from '../protocol/result.ts';
import type { RecordStore } from '../storage/record-store.ts';
import type { ShardStore } from '../storage/shard-store.ts';

export interface Ground {
  readonly chainId: number;
  readonly signer: Signer;
  readonly records: RecordStore;
  readonly shards: ShardStore;
  /** When a unit begins; what is not there yet is made then. */
  ledger(): Promise<Result<Ledger, JobFailure>>;
  /** Only to look: null where nothing was made yet. */
  ledgerSoFar(): Promise<Ledger | null>;
  /** After {@link Ground.ledger}. */
  join(): Promise<PeerNetwork>;
}
