/** What a custodian keeps on disk: the owner's secret, and the dataset that was sealed under it once. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startFaults } from '../messages/en/terminal.ts';
import type { Ledger } from '../src/consensus/ledger.ts';
import { publishDataset, type PublishedDataset } from '../src/marketplace/publish-dataset.ts';
import { publishedHeads } from '../src/marketplace/published-heads.ts';
import { fromHex, isHex, toHex } from '../src/protocol/bytes.ts';
import { decodeHead, decodeShardList, encodeHead, headId, type Column } from '../src/protocol/heads.ts';
import type { Address, DatasetId } from '../src/protocol/ids.ts';
import type { FolderShardStore } from './folder-shard-store.ts';

/** The plaintext, and how it is cut. */
export interface RowSource {
  readonly rows: Uint8Array;
  readonly rowCount: number;
  readonly column: Column;
  /** Rows of one shard. */
  readonly shardRows: number;
  /** The tree holds 2^depth rows. */
  readonly depth: number;
}

export interface Secrets {
  readonly ownerSecret: Uint8Array<ArrayBuffer>;
  readonly salt: Uint8Array<ArrayBuffer>;
}

export interface CustodyOptions {
  readonly home: string;
  readonly store: FolderShardStore;
  /** Sends as the owner. */
  readonly ledger: Ledger;
  readonly owner: Address;
  /** Asked for once, when the dataset is made. */
  readonly source: () => RowSource;
}

const DATASET_FILE = 'dataset.json';

/** The secret in this folder; made there if there is none. */
export async function loadSecrets(home: string): Promise<Secrets> {
  await mkdir(home, { recursive: true });
  const file = path.join(home, 'secret.json');
  const text = await readIfThere(file);
  if (text === null) {
    const secrets = { ownerSecret: crypto.getRandomValues(new Uint8Array(32)), salt: crypto.getRandomValues(new Uint8Array(32)) };
    await writeWhole(file, JSON.stringify({ ownerSecret: toHex(secrets.ownerSecret), salt: toHex(secrets.salt) }));
    return secrets;
  }
  const { ownerSecret, salt } = recordIn(text);
  if (!isHex(ownerSecret, 32) || !isHex(salt, 32)) throw new Error(startFaults.noOwnerSecret(file, home));
  return { ownerSecret: fromHex(ownerSecret), salt: fromHex(salt) };
}

/** Sealing draws fresh nonces, so a dataset is made once and found again by its head; a chain that forgot it is told again. */
export async function loadDataset(options: CustodyOptions, { ownerSecret, salt }: Secrets): Promise<PublishedDataset> {
  const { home, store, ledger, owner, source } = options;
  const kept = await keptDataset(home, store, owner);
  if (kept === null) {
    const made = await publishDataset({ ledger, shards: store }, { ...source(), ownerSecret, salt, owner });
    if (!made.ok) throw new Error(startFaults.datasetNotPublished(JSON.stringify(made.failure)));
    await writeWhole(path.join(home, DATASET_FILE), JSON.stringify({ head: toHex(encodeHead(made.value.head)) }));
    return made.value;
  }
  const published = await publishedHeads(ledger, 'prooftab/dataset/1');
  if (!published.ok) throw new Error(startFaults.chainSilent(JSON.stringify(published.failure)));
  if (!published.value.some(({ id }) => id === kept.id)) {
    const sent = await ledger.send({ send: 'publish', kind: kept.head.t, head: toHex(encodeHead(kept.head)) });
    if (!sent.ok) throw new Error(startFaults.datasetNotPublished(JSON.stringify(sent.failure)));
  }
  return kept;
}

/** Null where it was not made yet, or is not whole. */
export async function keptDataset(home: string, store: FolderShardStore, owner: Address): Promise<PublishedDataset | null> {
  const written = recordIn((await readIfThere(path.join(home, DATASET_FILE))) ?? '').head;
  if (!isHex(written)) return null;
  const head = decodeHead('prooftab/dataset/1', fromHex(written));
  if (!head.ok || head.value.owner.toLowerCase() !== owner.toLowerCase()) return null;
  const bytes = await store.get({ kind: 'blob', id: head.value.shards });
  const list = bytes.ok ? decodeShardList(bytes.value) : bytes;
  if (!list.ok) return null;
  const held = new Set(await store.shards());
  if (list.value.shards.some(({ tree }) => !held.has(tree))) return null;
  return { id: headId(head.value) as DatasetId, head: head.value, list: list.value };
}

/** The object that a file holds, empty where it holds none. */
function recordIn(text: string): Readonly<Record<string, unknown>> {
  try {
    return { ...(JSON.parse(text) as object | null) };
  } catch {
    return {};
  }
}

async function readIfThere(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  });
}

/** Written beside and moved, readable by its owner alone. */
async function writeWhole(file: string, text: string): Promise<void> {
  await writeFile(`${file}.part`, `${text}\n`, { mode: 0o600 });
  await rename(`${file}.part`, file);
}
