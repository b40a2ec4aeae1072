/** A dataset's list of sealed shards: fetched by the hash in its head, and its nodes must make up the head's root. */
import type { NetworkFailure } from '../network/peer-network.ts';
import { fromHex32, isScalar, toHex32 } from '../protocol/field.ts';
import { decodeShardList, type DatasetHead, type ShardList } from '../protocol/heads.ts';
import { ok, type Result } from '../protocol/result.ts';
import { pathToRoot, rootFrom } from '../protocol/row-tree.ts';
import type { StorageFailure } from '../storage/shard-store.ts';
import { badTask, type BadTask } from './bad-task.ts';
import { obtainContent, type ContentDoors } from './obtain-content.ts';
import { sameHex } from '../protocol/same-hex.ts';

/** As many as a list may have: larger datasets are a later version of the list, in pieces. */
export const MAX_SHARDS = 16_384;
/** One entry and its node are 83 bytes of CBOR; the list's own keys fit the rest. */
const ENTRY_BYTES = 96;

/** How many shards a dataset has, padded ones included, or null for a head whose sizes do not fit each other. */
export function shardCount({ rows, depth, shardRows }: DatasetHead): number | null {
  const count = 2 ** depth / shardRows;
  return Number.isInteger(Math.log2(shardRows)) && Number.isInteger(count) && count <= MAX_SHARDS && rows >= 1 && rows <= 2 ** depth ? count : null;
}

export async function checkShardList(
  doors: ContentDoors,
  dataset: DatasetHead,
): Promise<Result<ShardList, NetworkFailure | StorageFailure | BadTask>> {
  const most = shardCount(dataset);
  if (most === null) return badTask('shard-list');
  const obtained = await obtainContent(doors, { kind: 'blob', id: dataset.shards }, ENTRY_BYTES * (most + 1));
  if (!obtained.ok) return obtained;
  const list = decodeShardList(obtained.value.bytes);
  if (!list.ok || list.value.shards.length === 0 || list.value.shards.length > most || list.value.nodes.length !== list.value.shards.length) {
    return badTask('shard-list');
  }
  return sameRoot(list.value, dataset) ? ok(list.value) : badTask('shard-list-root');
}

function sameRoot(list: ShardList, dataset: DatasetHead): boolean {
  const nodes = list.nodes.map(fromHex32);
  if (!nodes.every(isScalar)) return false;
  const above = dataset.depth - Math.log2(dataset.shardRows);
  return sameHex(toHex32(rootFrom(nodes[0] ?? 0n, 0, pathToRoot(nodes, 0, above))), dataset.root);
}
