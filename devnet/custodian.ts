/** The custodian: owns a dataset, seals and publishes it once, then serves sealed shards to anyone and their keys to live claimants. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Ledger } from '../src/consensus/ledger.ts';
import { grantKey } from '../src/marketplace/grant-key.ts';
import { publishDataset, type PublishedDataset } from '../src/marketplace/publish-dataset.ts';
import { publishedHeads } from '../src/marketplace/published-heads.ts';
import { DenyList } from '../src/network/deny-list.ts';
import { loadHostIdentity } from '../src/network/libp2p/host-identity.ts';
import { joinLibp2pNetwork } from '../src/network/libp2p/libp2p-network.ts';
import { createNodeHost } from '../src/network/libp2p/node-host.ts';
import { haveTopic } from '../src/network/wire.ts';
import { fromHex, isHex, toHex, type Hex } from '../src/protocol/bytes.ts';
import { decodeHead, decodeShardList, encodeHead, headId, type Column } from '../src/protocol/heads.ts';
import type { Address, CircuitId, DatasetId } from '../src/protocol/ids.ts';
import { FolderShardStore } from './folder-shard-store.ts';

export interface CustodianOptions {
  /** Where its secret, its dataset and its host identity are kept. */
  readonly home: string;
  readonly store: FolderShardStore;
  /** Sends as the owner. */
  readonly ledger: Ledger;
  readonly owner: Address;
  /** Asked for once, when the dataset is made. */
  readonly source: () => RowSource;
  /** Circuits that may read the dataset. */
  readonly circuits: readonly CircuitId[];
  readonly chainId: number;
  /** UDP port. */
  readonly port: number;
  readonly relays: readonly string[];
}

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

export interface Custodian {
  readonly dataset: PublishedDataset;
  /** Derives the key of every shard: for the tests that look for them on wires and disks. */
  readonly ownerSecret: Uint8Array<ArrayBuffer>;
  /** Multiaddrs that tabs dial. */
  readonly addresses: readonly string[];
  stop(): Promise<void>;
}

/** On a real chain a claim must lie under this many blocks before it counts. */
const CLAIM_DEPTH = 2;
const DEVELOPMENT_CHAIN = 31337;

export async function startCustodian(options: CustodianOptions): Promise<Custodian> {
  const { home, store, ledger, circuits, chainId, port, relays } = options;
  await mkdir(home, { recursive: true });
  const secrets = await loadSecrets(path.join(home, 'secret.json'));
  const dataset = await loadDataset(options, secrets);
  const denied = DenyList.inMemory();
  const node = await createNodeHost({
    identity: await loadHostIdentity(path.join(home, 'host.json')),
    port,
    dials: relays,
    topics: [haveTopic(chainId)],
    isDenied: (peer) => denied.has(peer),
  });
  const seen = new Map<string, number>();
  const depth = chainId === DEVELOPMENT_CHAIN ? 0 : CLAIM_DEPTH;
  const custody = (id: DatasetId) => (id === dataset.id ? { ownerSecret: secrets.ownerSecret, circuits, ownerPrice: 0n } : null);
  const network = await joinLibp2pNetwork({
    node,
    chainId,
    relays,
    custodians: [],
    presence: false,
    denied,
    served: {
      blob: async (content) => {
        const held = await store.get(content);
        return held.ok ? held.value : null;
      },
      key: (request) => grantKey({ ledger, shards: store, custody, depth, seen }, request),
    },
  });
  return { dataset, ownerSecret: secrets.ownerSecret, addresses: node.getMultiaddrs().map(String), stop: () => network.close() };
}

interface Secrets {
  readonly ownerSecret: Uint8Array<ArrayBuffer>;
  readonly salt: Uint8Array<ArrayBuffer>;
}

async function loadSecrets(file: string): Promise<Secrets> {
  const text = await readIfThere(file);
  if (text === null) {
    const secrets = { ownerSecret: crypto.getRandomValues(new Uint8Array(32)), salt: crypto.getRandomValues(new Uint8Array(32)) };
    await writeWhole(file, JSON.stringify({ ownerSecret: toHex(secrets.ownerSecret), salt: toHex(secrets.salt) }));
    return secrets;
  }
  const { ownerSecret, salt } = JSON.parse(text) as Record<string, unknown>;
  if (!isHex(ownerSecret, 32) || !isHex(salt, 32))
    throw new Error(`${file} holds no owner secret; without it the dataset cannot be opened. Delete ${path.dirname(file)} to start over.`);
  return { ownerSecret: fromHex(ownerSecret), salt: fromHex(salt) };
}

/** Sealing draws fresh nonces, so a dataset is made once and found again by its head; a chain that forgot it is told again. */
async function loadDataset(options: CustodianOptions, { ownerSecret, salt }: Secrets): Promise<PublishedDataset> {
  const { home, store, ledger, owner, source } = options;
  const file = path.join(home, 'dataset.json');
  const kept = await keptDataset(file, store, owner);
  if (kept === null) {
    const made = await publishDataset({ ledger, shards: store }, { ...source(), ownerSecret, salt, owner });
    if (!made.ok) throw new Error(`the dataset was not published: ${JSON.stringify(made.failure)}`);
    await writeWhole(file, JSON.stringify({ head: toHex(encodeHead(made.value.head)) }));
    return made.value;
  }
  const published = await publishedHeads(ledger, 'prooftab/dataset/1');
  if (!published.ok) throw new Error(`the chain does not answer: ${JSON.stringify(published.failure)}`);
  if (!published.value.some(({ id }) => id === kept.id)) {
    const sent = await ledger.send({ send: 'publish', kind: kept.head.t, head: toHex(encodeHead(kept.head)) });
    if (!sent.ok) throw new Error(`the dataset was not published: ${JSON.stringify(sent.failure)}`);
  }
  return kept;
}

async function keptDataset(file: string, store: FolderShardStore, owner: Address): Promise<PublishedDataset | null> {
  const text = await readIfThere(file);
  if (text === null) return null;
  const head = decodeHead('prooftab/dataset/1', fromHex((JSON.parse(text) as { readonly head: Hex }).head));
  if (!head.ok || head.value.owner.toLowerCase() !== owner.toLowerCase()) return null;
  const bytes = await store.get({ kind: 'blob', id: head.value.shards });
  const list = bytes.ok ? decodeShardList(bytes.value) : bytes;
  if (!list.ok) return null;
  const held = new Set(await store.shards());
  if (list.value.shards.some(({ tree }) => !held.has(tree))) return null;
  return { id: headId(head.value) as DatasetId, head: head.value, list: list.value };
}

async function readIfThere(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

/** Written beside and moved, readable by its owner alone. */
async function writeWhole(file: string, text: string): Promise<void> {
  await writeFile(`${file}.part`, `${text}\n`, { mode: 0o600 });
  await rename(`${file}.part`, file);
}
