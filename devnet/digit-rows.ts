/** The custodian's data: handwritten digits that the model never saw in training, four to a shard. */
import { heldOutDigits } from '../fixtures/digits.ts';
import { concatBytes } from '../src/protocol/bytes.ts';
import type { RowSource } from './custody.ts';

const ROWS = 256;
/** Rows of one unit, so that a claimant sees only what it is paid for. */
export const SHARD_ROWS = 4;
const PIXELS = 784;

export function digitRows(): RowSource {
  const digits = heldOutDigits().slice(0, ROWS);
  return {
    rows: concatBytes(...digits.map(({ pixels }) => pixels)),
    rowCount: digits.length,
    column: { name: 'pixels', bits: 8, count: PIXELS },
    shardRows: SHARD_ROWS,
    depth: Math.log2(ROWS),
  };
}
