/** Opening a sealed shard: unwrap its key, break its seal, and refuse to work on rows other than the ones the task names. */
import { concatBytes, fromHex } from '../protocol/bytes.ts';
import { fromHex32, toBytes32 } from '../protocol/field.ts';
import { fail, ok, type Result } from '../protocol/result.ts';
import { packRow, rowLeaf } from '../protocol/row-leaf.ts';
import { rowSalt } from '../protocol/row-salts.ts';
import { nodeOver } from '../protocol/row-tree.ts';
import { openShard } from '../protocol/sealed-shard.ts';
import { openWrappedKey } from '../protocol/wrapped-key.ts';
import type { ExecutionFailure, ExecutionRequest } from './executor.ts';

/** Private: it lives in the memory of the worker that opened it. */
export interface OpenedRows {
  /** rows × width, one byte a value. */
  readonly rows: Uint8Array<ArrayBuffer>;
  readonly rowCount: number;
  readonly width: number;
  /** 32 bytes big-endian per row. */
  readonly salts: Uint8Array<ArrayBuffer>;
}

/** One byte holds a value. */
const COLUMN_BITS = 8;

export async function openRows(request: ExecutionRequest): Promise<Result<OpenedRows, ExecutionFailure>> {
  const { dataset, shard, shardIndex, task, unit, claimant } = request;
  if (dataset.schema.some(({ bits }) => bits !== COLUMN_BITS))
    return fail({ kind: 'model-unsupported', detail: 'columns wider or narrower than 8 bits' });
  const salt = fromHex(dataset.salt);
  const key = await openWrappedKey({ wrapped: request.wrappedKey, keyPair: request.boxKey, task, unit, claimant, shard: shard.tree });
  if (!key.ok) return key;
  const opened = await openShard(key.value, request.sealed, salt, shardIndex);
  if (!opened.ok) return fail({ kind: 'wrong-data', detail: 'seal' });
  const rows = opened.value;
  const rowCount = dataset.shardRows;
  const width = dataset.schema.reduce((sum, { count }) => sum + count, 0);
  if (rows.length !== rowCount * width) return fail({ kind: 'wrong-data', detail: 'length' });
  const salts = Array.from({ length: rowCount }, (_, row) => rowSalt(key.value, salt, shardIndex * rowCount + row));
  const leaves = salts.map((rowsSalt, row) => rowLeaf(rowsSalt, packRow(rows.subarray(row * width, (row + 1) * width), COLUMN_BITS)));
  if (nodeOver(leaves) !== fromHex32(request.input)) return fail({ kind: 'wrong-data', detail: 'node' });
  return ok({ rows, rowCount, width, salts: concatBytes(...salts.map(toBytes32)) });
}
