/** The custodian as a process of its own, and what its household may know of it. */
import { startFaults } from '../messages/en/terminal.ts';
import type { PublishedDataset } from '../src/marketplace/publish-dataset.ts';
import type { Address } from '../src/protocol/ids.ts';
import type { CustodianOptions } from './custodian.ts';
import { keptDataset } from './custody.ts';
import { FolderShardStore } from './folder-shard-store.ts';
import { startNodeProcess, type NodeProcess } from './node-process.ts';
import { addressesIn } from './relay-process.ts';

export interface CustodianProcess extends NodeProcess {
  /** Multiaddrs that tabs dial. */
  readonly addresses: readonly string[];
  readonly dataset: PublishedDataset;
}

/** Spawned at once, so that it loads its libraries while its settings are still being prepared. */
export async function startCustodianProcess(preparing: Promise<CustodianOptions>, owner: Address): Promise<CustodianProcess> {
  const started = await startNodeProcess('custodian.ts', [], preparing);
  const { home, store } = await preparing;
  const dataset = await keptDataset(home, new FolderShardStore(store), owner);
  if (dataset === null) throw new Error(startFaults.noDataset(home));
  return { ...started, addresses: addressesIn(started.ready), dataset };
}
