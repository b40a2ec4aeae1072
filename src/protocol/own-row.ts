/** One row of a person's own, committed to like a data set of one: its fingerprint can be shown, and the row cannot be found from it. */
import type { Hex } from './bytes.ts';
import { fromHex32, toHex32 } from './field.ts';
import type { Column, DatasetHead } from './heads.ts';
import type { Address, BlobId } from './ids.ts';
import { packRow, rowLeaf } from './row-leaf.ts';
import { sha256 } from './sha256.ts';

/** The widest salt: 248 bits, as for the rows of any data set (§5). */
export const ROW_SALT_BYTES = 31;

const NOBODY: Address = '0x0000000000000000000000000000000000000000';
/** There is no list of sealed shards: the row is not served to anyone. */
const NO_SHARDS = sha256(new Uint8Array()) as BlobId;

export interface OwnRow {
  readonly column: Column;
  /** One value a column; below 2^bits each. */
  readonly values: Uint8Array;
  /** Secret, below 2^248: whoever has it can try rows against the fingerprint. */
  readonly salt: bigint;
  /** 32 random bytes, public: two drawings are two data sets. */
  readonly datasetSalt: Hex;
}

/** The head of the data set that holds this row and nothing else; its root is the row's leaf. */
export function ownRowHead({ column, values, salt, datasetSalt }: OwnRow): DatasetHead {
  return {
    t: 'prooftab/dataset/1',
    schema: [column],
    salt: datasetSalt,
    rows: 1,
    depth: 0,
    shardRows: 1,
    root: toHex32(rowLeaf(salt, packRow(values, column.bits))),
    root2: '0x',
    shards: NO_SHARDS,
    owner: NOBODY,
  };
}

/** The row's leaf, which is the input that a proof names. */
export function ownRowInput(head: DatasetHead): bigint {
  return fromHex32(head.root);
}
