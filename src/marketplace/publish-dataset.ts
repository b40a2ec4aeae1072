/** Publishing a dataset: its rows are salted, committed and sealed, its head goes on the chain, and only its owner can derive its keys. */
import type { Ledger, LedgerFailure } from '../consensus/ledger.ts';
import { concatBytes, toHex, type Hex } from '../protocol/bytes.ts';
import { toHex32 } from '../protocol/field.ts';
import { encodeHead, encodeShardList, headId, type Column, type DatasetHead, type Shard, type ShardList } from '../protocol/heads.ts';
import type { Address, BlobId, DatasetId } from '../protocol/ids.ts';
import { fail, ok, type Result } from '../protocol/result.ts';
import { packRow, rowLeaf } from '../protocol/row-leaf.ts';
import { rowSalt } from '../protocol/row-salts.ts';
import { nodeOver, pathToRoot, rootFrom } from '../protocol/row-tree.ts';
import { sealShard } from '../protocol/sealed-shard.ts';
import { sha256 } from '../protocol/sha256.ts';
import { deriveShardKey } from '../protocol/shard-key.ts';
import { shardId } from '../protocol/shard-tree.ts';
import type { ShardStore, StorageFailure } from '../storage/shard-store.ts';

export interface DatasetSource {
  /** rowCount × column.count unsigned values, one byte each. */
  readonly rows: Uint8Array;
  readonly rowCount: number;
  readonly column: Column;
  /** Rows of one shard, which are the rows of one unit: a power of two. */
  readonly shardRows: number;
  /** The tree holds 2^depth rows. */
  readonly depth: number;
  /** 32 bytes that never leave the owner's device. */
  readonly ownerSecret: Uint8Array<ArrayBuffer>;
  /** 32 public random bytes. */
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly owner: Address;
}

export interface PublishedDataset {
  readonly id: DatasetId;
  readonly head: DatasetHead;
  readonly list: ShardList;
}

export type PublishFailure = LedgerFailure | StorageFailure | { readonly kind: 'bad-dataset'; readonly detail: 'sizes' | 'column' | 'too-many-rows' };

/** Sealed shards and their list go to the store, to be served from there by hash. */
export async function publishDataset(
  doors: { readonly ledger: Ledger; readonly shards: ShardStore },
  source: DatasetSource,
): Promise<Result<PublishedDataset, PublishFailure>> {
  const flaw = flawOf(source);
  if (flaw) return fail({ kind: 'bad-dataset', detail: flaw });
  const shards: Shard[] = [];
  const nodes: bigint[] = [];
  for (let index = 0; index * source.shardRows < source.rowCount; index++) {
    const { sealed, node } = await sealedShard(source, index);
    const shard = { tree: shardId(sealed), bytes: sealed.length };
    const put = await doors.shards.put({ kind: 'shard', id: shard.tree }, sealed);
    if (!put.ok) return put;
    shards.push(shard);
    nodes.push(node);
  }
  const list: ShardList = { t: 'prooftab/shards/1', shards, nodes: nodes.map(toHex32) };
  const listBytes = encodeShardList(list);
  const listId = sha256(listBytes) as BlobId;
  const put = await doors.shards.put({ kind: 'blob', id: listId }, listBytes);
  if (!put.ok) return put;
  const head = headOf(source, nodes, listId);
  const published = await doors.ledger.send({ send: 'publish', kind: head.t, head: toHex(encodeHead(head)) });
  return published.ok ? ok({ id: headId(head) as DatasetId, head, list }) : published;
}

function flawOf({ rows, rowCount, column, shardRows, depth }: DatasetSource): 'sizes' | 'column' | 'too-many-rows' | null {
  if (rowCount < 1 || rows.length !== rowCount * column.count || !Number.isInteger(Math.log2(shardRows))) return 'sizes';
  if (column.bits > 8 || rows.some((value) => value >= 2 ** column.bits)) return 'column';
  return Math.ceil(rowCount / shardRows) * shardRows > 2 ** depth ? 'too-many-rows' : null;
}

async function sealedShard(source: DatasetSource, index: number): Promise<{ readonly sealed: Uint8Array<ArrayBuffer>; readonly node: bigint }> {
  const key = deriveShardKey(source.ownerSecret, source.salt, index);
  const rows = Array.from({ length: source.shardRows }, (_, row) => rowAt(source, index * source.shardRows + row));
  const leaves = rows.map((row, i) => rowLeaf(rowSalt(key, source.salt, index * source.shardRows + i), packRow(row, source.column.bits)));
  return { sealed: await sealShard(key, concatBytes(...rows), source.salt, index), node: nodeOver(leaves) };
}

/** The last row is repeated to fill the last unit; `rows` in the head says how many count. */
function rowAt({ rows, rowCount, column }: DatasetSource, row: number): Uint8Array {
  const start = Math.min(row, rowCount - 1) * column.count;
  return rows.subarray(start, start + column.count);
}

function headOf({ rowCount, column, shardRows, depth, salt, owner }: DatasetSource, nodes: readonly bigint[], shards: BlobId): DatasetHead {
  const above = depth - Math.log2(shardRows);
  const root: Hex = toHex32(rootFrom(nodes[0] ?? 0n, 0, pathToRoot([...nodes], 0, above)));
  return { t: 'prooftab/dataset/1', schema: [column], salt: toHex(salt), rows: rowCount, depth, shardRows, root, root2: '0x', shards, owner };
}
