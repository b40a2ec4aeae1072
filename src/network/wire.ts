/** The messages of the network's protocols: their fields, their bounds, and how each is written and strictly read as canonical CBOR. */
import { fromHex, toHex } from '../protocol/bytes.ts';
import type { Hex } from '../protocol/bytes.ts';
import { NotThisRecord, exactly, hexOf, hexValue, listOf, mapOf, naturalOf, parsing } from '../protocol/cbor-fields.ts';
import { decodeCbor, encodeCbor } from '../protocol/cbor.ts';
import type { CborMap, CborValue } from '../protocol/cbor.ts';
import type { ShardId, TaskId } from '../protocol/ids.ts';
import { fail, ok } from '../protocol/result.ts';
import type { Result } from '../protocol/result.ts';
import type { WrappedKey } from '../protocol/wrapped-key.ts';
import type { KeyRequest, WireError } from './peer-network.ts';

export const BLOB_PROTOCOL = '/prooftab/blob/1';
export const KEY_PROTOCOL = '/prooftab/key/1';

/** Bytes of one chunk: 256 leaves of a sealed shard's tree. */
export const CHUNK = 262_144;
/** Chunks that may be under way unacknowledged: 2 MiB, half of what libp2p buffers for a reader before it resets the stream. */
export const CREDIT = 8;
/** A sealed shard is at most 1 MiB, hence four chunks. */
export const MAX_NODES = 4;
/** Largest request, answer or refusal, in bytes. */
export const MAX_MESSAGE = 1024;
/** Largest gossip message, in bytes. */
export const MAX_GOSSIP = 4096;
export const MAX_HAVE_IDS = 64;

export interface BlobRequest {
  /** A shard's tree or a blob's SHA-256. */
  readonly id: Hex;
  /** First byte wanted: a multiple of {@link CHUNK}. */
  readonly offset: number;
}

export interface BlobHead {
  /** Bytes of the whole content. */
  readonly size: number;
  /** For a shard the tree's node over each chunk, else empty. */
  readonly nodes: readonly Hex[];
}

export interface Refusal {
  readonly code: WireError;
  /** Seconds. */
  readonly retryAfter?: number;
}

/** "I hold these shards, until then": a hint that costs its author a signature and is believed only as far as its bytes check out. */
export interface Have {
  readonly ids: readonly ShardId[];
  /** Seconds since 1970. */
  readonly until: number;
  /** Seconds since 1970, when it was written. */
  readonly time: number;
}

export interface Malformed {
  readonly kind: 'malformed';
}

/** The topic on which the peers of one chain announce what they hold. */
export function haveTopic(chainId: number): string {
  return `/prooftab/1/${String(chainId)}/have`;
}

export function encodeBlobRequest({ id, offset }: BlobRequest): Uint8Array<ArrayBuffer> {
  return encodeCbor({ id: fromHex(id), offset });
}

export function decodeBlobRequest(bytes: Uint8Array): Result<BlobRequest, Malformed> {
  return read(bytes, MAX_MESSAGE, (message) => {
    const map = mapOf(message, ['id', 'offset']);
    const offset = naturalOf(map, 'offset');
    if (offset % CHUNK !== 0) throw new NotThisRecord('offset is not a whole number of chunks');
    return { id: hexOf(map, 'id', 32), offset };
  });
}

export function encodeBlobAnswer(answer: BlobHead | Refusal): Uint8Array<ArrayBuffer> {
  return 'code' in answer ? encodeRefusal(answer) : encodeCbor({ size: answer.size, nodes: answer.nodes.map((node) => fromHex(node)) });
}

export function decodeBlobAnswer(bytes: Uint8Array): Result<BlobHead | Refusal, Malformed> {
  return read(bytes, MAX_MESSAGE, (message) => {
    if (isRefusal(message)) return refusal(message);
    const map = mapOf(message, ['size', 'nodes']);
    return { size: naturalOf(map, 'size'), nodes: listOf(map, 'nodes', MAX_NODES, (node) => hexValue(node, 32, 'node')) };
  });
}

export function encodeKeyRequest({ task, unit, boxKey }: KeyRequest): Uint8Array<ArrayBuffer> {
  return encodeCbor({ task: fromHex(task), unit, boxKey: fromHex(boxKey) });
}

export function decodeKeyRequest(bytes: Uint8Array): Result<KeyRequest, Malformed> {
  return read(bytes, MAX_MESSAGE, (message) => {
    const map = mapOf(message, ['task', 'unit', 'boxKey']);
    return {
      task: hexOf(map, 'task', 32) as TaskId,
      unit: naturalOf(map, 'unit', 0xffff_ffff),
      boxKey: toHex(binary(map, 'boxKey', 32, MAX_BOX_KEY)),
    };
  });
}

/** An uncompressed P-256 point; X25519 keys have 32 bytes. */
const MAX_BOX_KEY = 65;

export function encodeKeyAnswer(answer: WrappedKey | Refusal): Uint8Array<ArrayBuffer> {
  return 'code' in answer ? encodeRefusal(answer) : encodeCbor({ enc: answer.enc, ct: answer.ct });
}

export function decodeKeyAnswer(bytes: Uint8Array): Result<WrappedKey | Refusal, Malformed> {
  return read(bytes, MAX_MESSAGE, (message) => {
    if (isRefusal(message)) return refusal(message);
    const map = mapOf(message, ['enc', 'ct']);
    return { enc: binary(map, 'enc', 32, MAX_BOX_KEY), ct: binary(map, 'ct', 48, 48) };
  });
}

export function encodeHave({ ids, until, time }: Have): Uint8Array<ArrayBuffer> {
  return encodeCbor({ t: HAVE, ids: ids.map((id) => fromHex(id)), until, time });
}

export function decodeHave(bytes: Uint8Array): Result<Have, Malformed> {
  return read(bytes, MAX_GOSSIP, (message) => {
    const map = mapOf(message, ['t', 'ids', 'until', 'time']);
    exactly(map, 't', HAVE);
    const ids = listOf(map, 'ids', MAX_HAVE_IDS, (id) => hexValue(id, 32, 'id') as ShardId);
    if (new Set(ids).size !== ids.length) throw new NotThisRecord('an id is named twice');
    return { ids, until: naturalOf(map, 'until'), time: naturalOf(map, 'time') };
  });
}

const HAVE = 'prooftab/have/1';
const WIRE_ERRORS: readonly WireError[] = [
  'bad-request',
  'not-found',
  'not-claimant',
  'not-granted',
  'budget-spent',
  'busy',
  'too-large',
  'unsupported-version',
];
/** A peer may ask us to wait, but not for longer than an hour. */
const MAX_RETRY_AFTER = 3600;

function encodeRefusal({ code, retryAfter }: Refusal): Uint8Array<ArrayBuffer> {
  return encodeCbor(retryAfter === undefined ? { code } : { code, retryAfter });
}

/** Whether an answer says no: it names a code where the other kind of answer has none. */
function isRefusal(message: CborValue): message is CborMap {
  return typeof message === 'object' && 'code' in message;
}

function refusal(message: CborMap): Refusal {
  const map = mapOf(message, ['code', 'retryAfter']);
  const code = WIRE_ERRORS.find((known) => known === map.code);
  if (code === undefined) throw new NotThisRecord('an unknown code');
  return 'retryAfter' in map ? { code, retryAfter: naturalOf(map, 'retryAfter', MAX_RETRY_AFTER) } : { code };
}

function read<Message>(bytes: Uint8Array, maxBytes: number, parse: (message: CborValue) => Message): Result<Message, Malformed> {
  const decoded = decodeCbor(bytes, maxBytes);
  if (!decoded.ok) return fail({ kind: 'malformed' });
  const parsed = parsing(() => parse(decoded.value));
  return 'value' in parsed ? ok(parsed.value) : fail({ kind: 'malformed' });
}

function binary(map: CborMap, key: string, minBytes: number, maxBytes: number): Uint8Array<ArrayBuffer> {
  const value = map[key];
  if (!(value instanceof Uint8Array) || value.length < minBytes || value.length > maxBytes)
    throw new NotThisRecord(`${key} is not ${String(minBytes)} to ${String(maxBytes)} bytes`);
  return new Uint8Array(value);
}
