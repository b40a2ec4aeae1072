/** Heads: the small CBOR records that name what a task is about. Each is published on the chain and identified by its SHA-256. */
import { fromHex, type Hex } from './bytes.ts';
import { decodeCbor, encodeCbor, type CborFailure, type CborMap, type CborValue } from './cbor.ts';
import { exactly, hexOf, hexOrNoneOf, hexValue, listOf, mapOf, naturalOf, NotThisRecord, booleanOf, parsing, textOf } from './cbor-fields.ts';
import type { Address, BlobId, CircuitId, DatasetId, ModelId, ShardId } from './ids.ts';
import { fail, ok, type Result } from './result.ts';
import { sha256 } from './sha256.ts';

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

/** A head is an event on the chain: larger lists go into blobs. */
export const MAX_HEAD_BYTES = 16_384;
/** A unit takes 48 bytes of an Inputs head at least: a task of more than these can say of no unit what it reads. */
export const MAX_UNITS = Math.floor(MAX_HEAD_BYTES / 48);
const MAX_LIST_BYTES = 4 * 1024 * 1024;
const MAX_LIST = 16_384;
const U32 = 2 ** 32 - 1;

/** The head's canonical CBOR. */
export function encodeHead(head: Head): Uint8Array<ArrayBuffer> {
  return encodeCbor(headToMap(head));
}

/** SHA-256 of the head's CBOR: its id as a noun. */
export function headId(head: Head): Hex {
  return sha256(encodeHead(head));
}

/** Decodes a head of one kind from untrusted bytes. */
export function decodeHead<Kind extends Head['t']>(kind: Kind, bytes: Uint8Array): Result<Extract<Head, { t: Kind }>, CborFailure> {
  const decoded = decodeCbor(bytes, MAX_HEAD_BYTES);
  if (!decoded.ok) return decoded;
  const parsed = parsing(() => readers[kind](decoded.value));
  return 'value' in parsed ? ok(parsed.value as Extract<Head, { t: Kind }>) : fail({ kind: 'bad-encoding', detail: parsed.refusal });
}

export function encodeShardList(list: ShardList): Uint8Array<ArrayBuffer> {
  return encodeCbor({
    t: list.t,
    shards: list.shards.map(({ tree, bytes }) => ({ tree: fromHex(tree), bytes })),
    nodes: list.nodes.map((node) => fromHex(node)),
  });
}

export function decodeShardList(bytes: Uint8Array): Result<ShardList, CborFailure> {
  const decoded = decodeCbor(bytes, MAX_LIST_BYTES);
  if (!decoded.ok) return decoded;
  const parsed = parsing((): ShardList => {
    const map = mapOf(decoded.value, ['t', 'shards', 'nodes']);
    const shards = listOf(map, 'shards', MAX_LIST, (value): Shard => {
      const shard = mapOf(value, ['tree', 'bytes']);
      return { tree: hexOf(shard, 'tree', 32) as ShardId, bytes: naturalOf(shard, 'bytes', 2 ** 20) };
    });
    const nodes = listOf(map, 'nodes', MAX_LIST, (value) => hexValue(value, 32, 'a node'));
    if (nodes.length !== shards.length) throw new NotThisRecord('a shard without its node');
    return { t: exactly(map, 't', 'prooftab/shards/1'), shards, nodes };
  });
  return 'value' in parsed ? ok(parsed.value) : fail({ kind: 'bad-encoding', detail: parsed.refusal });
}

/** As it stands inside other records, such as a receipt. */
export function headToMap(head: Head): CborMap {
  switch (head.t) {
    case 'prooftab/model/1':
      return {
        t: head.t,
        onnx: fromHex(head.onnx),
        graph: fromHex(head.graph),
        inputs: head.inputs.map(tensorToMap),
        outputs: head.outputs.map(tensorToMap),
      };
    case 'prooftab/dataset/1':
      return {
        t: head.t,
        schema: head.schema.map(({ name, bits, count }) => ({ name, bits, count })),
        salt: fromHex(head.salt),
        rows: head.rows,
        depth: head.depth,
        shardRows: head.shardRows,
        root: fromHex(head.root),
        root2: fromHex(head.root2),
        shards: fromHex(head.shards),
        owner: fromHex(head.owner),
      };
    case 'prooftab/inputs/1':
      return { t: head.t, root: fromHex(head.root), units: head.units.map(({ shard, input }) => ({ shard, input: fromHex(input) })) };
    case 'prooftab/details/1':
      return {
        t: head.t,
        dataset: fromHex(head.dataset),
        grade: head.grade,
        grant: fromHex(head.grant),
        round: fromHex(head.round),
        text: head.text,
        nonce: fromHex(head.nonce),
      };
    case 'prooftab/artefacts/1':
      return {
        t: head.t,
        circuit: fromHex(head.circuit),
        model: fromHex(head.model),
        provingKey: fromHex(head.provingKey),
        provingKeyBytes: head.provingKeyBytes,
        relation: fromHex(head.relation),
        relationBytes: head.relationBytes,
        onnxBytes: head.onnxBytes,
      };
  }
}

export function readModelHead(value: CborValue | undefined): ModelHead {
  const map = mapOf(value, ['t', 'onnx', 'graph', 'inputs', 'outputs']);
  return {
    t: exactly(map, 't', 'prooftab/model/1'),
    onnx: hexOf(map, 'onnx', 32) as BlobId,
    graph: hexOf(map, 'graph', 32),
    inputs: listOf(map, 'inputs', 16, readTensor),
    outputs: listOf(map, 'outputs', 16, readTensor),
  };
}

export function readDatasetHead(value: CborValue | undefined): DatasetHead {
  const map = mapOf(value, ['t', 'schema', 'salt', 'rows', 'depth', 'shardRows', 'root', 'root2', 'shards', 'owner']);
  return {
    t: exactly(map, 't', 'prooftab/dataset/1'),
    schema: listOf(map, 'schema', 256, (entry) => {
      const column = mapOf(entry, ['name', 'bits', 'count']);
      return { name: textOf(column, 'name', 64), bits: naturalOf(column, 'bits', 64), count: naturalOf(column, 'count', U32) };
    }),
    salt: hexOf(map, 'salt', 32),
    rows: naturalOf(map, 'rows', U32),
    depth: naturalOf(map, 'depth', 32),
    shardRows: naturalOf(map, 'shardRows', U32),
    root: hexOf(map, 'root', 32),
    root2: hexOrNoneOf(map, 'root2', 32),
    shards: hexOf(map, 'shards', 32) as BlobId,
    owner: hexOf(map, 'owner', 20),
  };
}

function readInputs(value: CborValue | undefined): Inputs {
  const map = mapOf(value, ['t', 'root', 'units']);
  return {
    t: exactly(map, 't', 'prooftab/inputs/1'),
    root: hexOf(map, 'root', 32),
    units: listOf(map, 'units', MAX_LIST, (entry) => {
      const unit = mapOf(entry, ['shard', 'input']);
      return { shard: naturalOf(unit, 'shard', U32), input: hexOf(unit, 'input', 32) };
    }),
  };
}

function readDetails(value: CborValue | undefined): Details {
  const map = mapOf(value, ['t', 'dataset', 'grade', 'grant', 'round', 'text', 'nonce']);
  return {
    t: exactly(map, 't', 'prooftab/details/1'),
    dataset: hexOf(map, 'dataset', 32) as DatasetId,
    grade: naturalOf(map, 'grade', 2) as Grade,
    grant: hexOrNoneOf(map, 'grant', 32),
    round: hexOrNoneOf(map, 'round', 32),
    text: textOf(map, 'text', 280),
    nonce: hexOf(map, 'nonce', 16),
  };
}

function readArtefacts(value: CborValue | undefined): Artefacts {
  const map = mapOf(value, ['t', 'circuit', 'model', 'provingKey', 'provingKeyBytes', 'relation', 'relationBytes', 'onnxBytes']);
  return {
    t: exactly(map, 't', 'prooftab/artefacts/1'),
    circuit: hexOf(map, 'circuit', 32) as CircuitId,
    model: hexOf(map, 'model', 32) as ModelId,
    provingKey: hexOf(map, 'provingKey', 32) as BlobId,
    provingKeyBytes: naturalOf(map, 'provingKeyBytes'),
    relation: hexOf(map, 'relation', 32) as BlobId,
    relationBytes: naturalOf(map, 'relationBytes'),
    onnxBytes: naturalOf(map, 'onnxBytes'),
  };
}

const readers: Record<Head['t'], (value: CborValue | undefined) => Head> = {
  'prooftab/model/1': readModelHead,
  'prooftab/dataset/1': readDatasetHead,
  'prooftab/inputs/1': readInputs,
  'prooftab/details/1': readDetails,
  'prooftab/artefacts/1': readArtefacts,
};

function tensorToMap({ name, shape, bits, signed }: Tensor): CborMap {
  return { name, shape: [...shape], bits, signed };
}

function readTensor(value: CborValue): Tensor {
  const map = mapOf(value, ['name', 'shape', 'bits', 'signed']);
  const shape = listOf(map, 'shape', 8, (extent) => {
    if (typeof extent !== 'number' || extent < 1) throw new NotThisRecord('an extent is not a positive integer');
    return extent;
  });
  return { name: textOf(map, 'name', 64), shape, bits: naturalOf(map, 'bits', 64), signed: booleanOf(map, 'signed') };
}
