/** The messages of the network's protocols: their fields, their bounds, and how each is written and strictly read as canonical CBOR. */
import { fromHex, isHex, toHex } from '../protocol/bytes.ts';
import type { Hex } from '../protocol/bytes.ts';
import { decodeCbor, encodeCbor } from '../protocol/cbor.ts';
import type { CborValue } from '../protocol/cbor.ts';
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
    only(message, ['id', 'offset']);
    const offset = natural(message.offset);
    if (offset % CHUNK !== 0) throw new NotThis();
    return { id: hash(message.id), offset };
  });
}

export function encodeBlobAnswer(answer: BlobHead | Refusal): Uint8Array<ArrayBuffer> {
  return 'code' in answer ? encodeRefusal(answer) : encodeCbor({ size: answer.size, nodes: answer.nodes.map((node) => fromHex(node)) });
}

export function decodeBlobAnswer(bytes: Uint8Array): Result<BlobHead | Refusal, Malformed> {
  return read(bytes, MAX_MESSAGE, (message) => {
    if ('code' in message) return refusal(message);
    only(message, ['size', 'nodes']);
    const nodes = list(message.nodes, MAX_NODES).map(hash);
    return { size: natural(message.size), nodes };
  });
}

export function encodeKeyRequest({ task, unit, boxKey }: KeyRequest): Uint8Array<ArrayBuffer> {
  return encodeCbor({ task: fromHex(task), unit, boxKey: fromHex(boxKey) });
}

export function decodeKeyRequest(bytes: Uint8Array): Result<KeyRequest, Malformed> {
  return read(bytes, MAX_MESSAGE, (message) => {
    only(message, ['task', 'unit', 'boxKey']);
    const unit = natural(message.unit);
    if (unit > 0xffff_ffff) throw new NotThis();
    const boxKey = binary(message.boxKey, MAX_BOX_KEY);
    if (boxKey.length < 32) throw new NotThis();
    return { task: hash(message.task) as TaskId, unit, boxKey: toHex(boxKey) };
  });
}

/** An uncompressed P-256 point; X25519 keys have 32 bytes. */
const MAX_BOX_KEY = 65;

export function encodeKeyAnswer(answer: WrappedKey | Refusal): Uint8Array<ArrayBuffer> {
  return 'code' in answer ? encodeRefusal(answer) : encodeCbor({ enc: answer.enc, ct: answer.ct });
}

export function decodeKeyAnswer(bytes: Uint8Array): Result<WrappedKey | Refusal, Malformed> {
  return read(bytes, MAX_MESSAGE, (message) => {
    if ('code' in message) return refusal(message);
    only(message, ['enc', 'ct']);
    return { enc: binary(message.enc, MAX_BOX_KEY), ct: binary(message.ct, 64) };
  });
}

export function encodeHave({ ids, until, time }: Have): Uint8Array<ArrayBuffer> {
  return encodeCbor({ t: HAVE, ids: ids.map((id) => fromHex(id)), until, time });
}

export function decodeHave(bytes: Uint8Array): Result<Have, Malformed> {
  return read(bytes, MAX_GOSSIP, (message) => {
    only(message, ['t', 'ids', 'until', 'time']);
    if (message.t !== HAVE) throw new NotThis();
    const ids = list(message.ids, MAX_HAVE_IDS).map((id) => hash(id) as ShardId);
    if (new Set(ids).size !== ids.length) throw new NotThis();
    return { ids, until: natural(message.until), time: natural(message.time) };
  });
}

const HAVE = 'prooftab/have/1';
const WIRE_ERRORS: readonly WireError[] = ['bad-request', 'not-found', 'not-claimant', 'not-granted', 'budget-spent', 'busy', 'too-large', 'unsupported-version'];
/** A peer may ask us to wait, but not for longer than an hour. */
const MAX_RETRY_AFTER = 3600;

function encodeRefusal({ code, retryAfter }: Refusal): Uint8Array<ArrayBuffer> {
  return encodeCbor(retryAfter === undefined ? { code } : { code, retryAfter });
}

function refusal(message: Fields): Refusal {
  only(message, 'retryAfter' in message ? ['code', 'retryAfter'] : ['code']);
  const code = WIRE_ERRORS.find((known) => known === message.code);
  if (code === undefined) throw new NotThis();
  if (message.retryAfter === undefined) return { code };
  const retryAfter = natural(message.retryAfter);
  if (retryAfter > MAX_RETRY_AFTER) throw new NotThis();
  return { code, retryAfter };
}

type Fields = Readonly<Record<string, CborValue>>;

/** Thrown inside {@link read} only: the message is CBOR, but not the message that this protocol expects. */
class NotThis extends Error {}

function read<Message>(bytes: Uint8Array, maxBytes: number, parse: (fields: Fields) => Message): Result<Message, Malformed> {
  const decoded = decodeCbor(bytes, maxBytes);
  if (!decoded.ok) return fail({ kind: 'malformed' });
  try {
    return ok(parse(fields(decoded.value)));
  } catch (error) {
    if (error instanceof NotThis) return fail({ kind: 'malformed' });
    throw error;
  }
}

function fields(value: CborValue): Fields {
  if (typeof value !== 'object' || value instanceof Uint8Array || Array.isArray(value)) throw new NotThis();
  return value as Fields;
}

/** Every key is there and no other: a new field is a new version. */
function only(message: Fields, keys: readonly string[]): void {
  if (Object.keys(message).length !== keys.length || keys.some((key) => !(key in message))) throw new NotThis();
}

function natural(value: CborValue | undefined): number {
  const number = typeof value === 'bigint' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 0) throw new NotThis();
  return number;
}

function binary(value: CborValue | undefined, maxBytes: number): Uint8Array<ArrayBuffer> {
  if (!(value instanceof Uint8Array) || value.length > maxBytes) throw new NotThis();
  return new Uint8Array(value);
}

function hash(value: CborValue | undefined): Hex {
  const text = toHex(binary(value, 32));
  if (!isHex(text, 32)) throw new NotThis();
  return text;
}

function list(value: CborValue | undefined, max: number): readonly CborValue[] {
  if (!Array.isArray(value) || value.length > max) throw new NotThis();
  return value as readonly CborValue[];
}
