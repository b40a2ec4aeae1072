/** A custodian's data: handwritten digits that the model never saw in training. */
import { heldOutDigits } from '../fixtures/digits.ts';
import { concatBytes } from '../src/protocol/bytes.ts';
import type { RowSource } from './custody.ts';

const ROWS = 256;
/** Rows of one unit of the embedded network, so that a claimant sees only what it is paid for. */
export const SHARD_ROWS = 4;
const PIXELS = 784;

/** @param rowCount a power of two */
export function digitRows(shardRows = SHARD_ROWS, rowCount = ROWS): RowSource {
  const digits = heldOutDigits().slice(0, rowCount);
  return {
    rows: concatBytes(...digits.map(({ pixels }) => pixels)),
    rowCount: digits.length,
    column: { name: 'pixels', bits: 8, count: PIXELS },
    shardRows,
    depth: Math.log2(rowCount),
  };
}
