/** Heads: the small CBOR records that name what a task is about. Each is published on the chain and identified by its SHA-256. */
import type { Address, BlobId, CircuitId, DatasetId, ModelId, ShardId } from './ids.ts';
import type { Hex } from './bytes.ts';

export interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly bits: number;
  readonly signed: boolean;
}

export interface ModelHead {
  readonly t: 'prooftab/model/1';
  readonly onnx: BlobId;
  /** SHA-256 of the canonical integer graph: the model's meaning. */
  readonly graph: Hex;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
}

/** One group of equal columns: a row is `count` unsigned integers of `bits` bits each. */
export interface Column {
  readonly name: string;
  readonly bits: number;
  readonly count: number;
}

export interface DatasetHead {
  readonly t: 'prooftab/dataset/1';
  readonly schema: readonly Column[];
  /** 32 bytes. */
  readonly salt: Hex;
  /** How many rows count; the tree is padded to whole units by repeating the last row. */
  readonly rows: number;
  readonly depth: number;
  readonly shardRows: number;
  /** Poseidon root, 32 bytes big-endian. */
  readonly root: Hex;
  /** Root of the transparent commitment, or `0x`. */
  readonly root2: Hex;
  /** SHA-256 of the shard list. */
  readonly shards: BlobId;
  readonly owner: Address;
}

/** One sealed shard, as strangers serve it. Its position in the list is its index. */
export interface Shard {
  readonly tree: ShardId;
  readonly bytes: number;
}

/** The list that a dataset's `shards` hash names: what is served, and the public Poseidon node over each shard's rows. */
export interface ShardList {
  readonly t: 'prooftab/shards/1';
  readonly shards: readonly Shard[];
  /** Node over the rows of shard i, 32 bytes big-endian: enough to find any unit's path to the root. */
  readonly nodes: readonly Hex[];
}

/** Which shard each unit of a task reads; found by the root in its Terms, and checked against it. */
export interface Inputs {
  readonly t: 'prooftab/inputs/1';
  readonly root: Hex;
  readonly units: readonly { readonly shard: number; readonly input: Hex }[];
}

/** Who sees the data: 0 public, 1 own, 2 granted. */
export type Grade = 0 | 1 | 2;

export interface Details {
  readonly t: 'prooftab/details/1';
  readonly dataset: DatasetId;
  readonly grade: Grade;
  /** Hash of the owner's grant, or `0x`. */
  readonly grant: Hex;
  /** Hash of a round, or `0x`. */
  readonly round: Hex;
  readonly text: string;
  /** 16 bytes, so that equal work can be asked for twice. */
  readonly nonce: Hex;
}

/** Where a circuit's large files are; published beside it and outside its id. */
export interface Artefacts {
  readonly t: 'prooftab/artefacts/1';
  readonly circuit: CircuitId;
  readonly model: ModelId;
  readonly provingKey: BlobId;
  readonly provingKeyBytes: number;
  readonly relation: BlobId;
  readonly relationBytes: number;
  readonly onnxBytes: number;
}

export type Head = ModelHead | DatasetHead | Inputs | Details | Artefacts;
