/** Serving a dataset: sealed shards and public files to whoever asks by hash, and keys to live claimants. */
import type { Ledger } from '../consensus/ledger.ts';
import type { Served } from '../network/peer-network.ts';
import type { DatasetId } from '../protocol/ids.ts';
import type { ShardStore } from '../storage/shard-store.ts';
import { grantKey, type Custody } from './grant-key.ts';

export interface Serving {
  readonly ledger: Ledger;
  /** Holds the sealed shards and their lists. */
  readonly shards: ShardStore;
  readonly dataset: DatasetId;
  readonly custody: Custody;
  /** Blocks that must lie over a claim before it counts; 0 where no block is ever taken back. */
  readonly depth: number;
}

export function serveDataset({ ledger, shards, dataset, custody, depth }: Serving): Served {
  const seen = new Map<string, number>();
  const custodian = { ledger, shards, custody: (id: DatasetId) => (id === dataset ? custody : null), depth, seen };
  return { blob: serveContent(shards), key: (request) => grantKey(custodian, request) };
}

/** What a store holds, as a peer offers it. */
export function serveContent(shards: ShardStore): NonNullable<Served['blob']> {
  return async (content) => {
    const held = await shards.get(content);
    return held.ok ? held.value : null;
  };
}
