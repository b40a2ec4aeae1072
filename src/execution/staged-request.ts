/** Staging for tests of executors: a claimed unit whose key has arrived, its rows sealed, committed and granted. */
import { concatBytes, toHex } from '../protocol/bytes.ts';
import { toHex32 } from '../protocol/field.ts';
import type { BlobId, TaskId } from '../protocol/ids.ts';
import { packRow, rowLeaf } from '../protocol/row-leaf.ts';
import { rowSalt } from '../protocol/row-salts.ts';
import { nodeOver } from '../protocol/row-tree.ts';
import { sealShard } from '../protocol/sealed-shard.ts';
import { shardId } from '../protocol/shard-tree.ts';
import { newBoxKeyPair, wrapShardKey } from '../protocol/wrapped-key.ts';
import type { ExecutionRequest } from './executor.ts';

export const STAGED_KEY = new Uint8Array(32).fill(9);
const SALT = new Uint8Array(32).fill(5);
export const STAGED_ROWS = 4;
export const STAGED_SHARD = 3;

export interface StagedUnit {
  readonly onnx: Uint8Array<ArrayBuffer>;
  /** One byte a value, all of one width. Fewer than a unit's rows are committed to as if the last one were repeated. */
  readonly rows: readonly Uint8Array[];
  readonly unit?: number;
  /** What the custodian wraps; the rows are sealed under the right key in any case. */
  readonly shardKey?: Uint8Array<ArrayBuffer>;
}

export async function stageRequest({ onnx, rows, unit = 2, shardKey = STAGED_KEY }: StagedUnit): Promise<ExecutionRequest> {
  const last = rows.at(-1) ?? new Uint8Array();
  const committed = stagedSalts().map((salt, row) => rowLeaf(salt, packRow(rows[row] ?? last, 8)));
  const sealed = await sealShard(STAGED_KEY, concatBytes(...rows), SALT, STAGED_SHARD);
  const shard = { tree: shardId(sealed), bytes: sealed.length };
  const boxKey = await newBoxKeyPair();
  const rawBoxKey = new Uint8Array(await crypto.subtle.exportKey('raw', boxKey.publicKey));
  const claim = { task: `0x${'11'.repeat(32)}` as TaskId, unit, claimant: `0x${'22'.repeat(20)}` } as const;
  return {
    onnx,
    dataset: {
      t: 'prooftab/dataset/1',
      schema: [{ name: 'pixels', bits: 8, count: last.length }],
      salt: toHex(SALT),
      rows: 256,
      depth: 8,
      shardRows: STAGED_ROWS,
      root: toHex32(0n),
      root2: '0x',
      shards: toHex32(1n) as BlobId,
      owner: `0x${'33'.repeat(20)}`,
    },
    shard,
    shardIndex: STAGED_SHARD,
    sealed,
    input: toHex32(nodeOver(committed)),
    wrappedKey: await wrapShardKey({ shardKey, boxKey: rawBoxKey, ...claim, shard: shard.tree }),
    boxKey,
    ...claim,
  };
}

/** The salts of the unit's rows, which its key gives. */
export function stagedSalts(): bigint[] {
  return Array.from({ length: STAGED_ROWS }, (_, row) => rowSalt(STAGED_KEY, SALT, STAGED_SHARD * STAGED_ROWS + row));
}
