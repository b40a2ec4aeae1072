import { describe, expect, it } from 'vitest';
import { fromHex } from '../protocol/bytes.ts';
import { encodeCbor } from '../protocol/cbor.ts';
import type { CborValue } from '../protocol/cbor.ts';
import type { ShardId, TaskId } from '../protocol/ids.ts';
import { fail, ok } from '../protocol/result.ts';
import {
  CHUNK,
  decodeBlobAnswer,
  decodeBlobRequest,
  decodeHave,
  decodeKeyAnswer,
  decodeKeyRequest,
  encodeBlobAnswer,
  encodeBlobRequest,
  encodeHave,
  encodeKeyAnswer,
  encodeKeyRequest,
  haveTopic,
} from './wire.ts';

const id = `0x${'ab'.repeat(32)}` as ShardId;
const other = `0x${'cd'.repeat(32)}` as ShardId;
const hash = fromHex(id);
const malformed = fail({ kind: 'malformed' });
const have = { ids: [id, other], until: 1_800_000_090, time: 1_800_000_000 };
const haveFields = { t: 'prooftab/have/1', ids: [hash], until: 2, time: 1 };

describe('wire messages', () => {
  it('come back as they were sent', () => {
    const blobRequest = { id, offset: 3 * CHUNK };
    expect(decodeBlobRequest(encodeBlobRequest(blobRequest))).toEqual(ok(blobRequest));
    const head = { size: 1000, nodes: [id, other] };
    expect(decodeBlobAnswer(encodeBlobAnswer(head))).toEqual(ok(head));
    const keyRequest = { task: id as string as TaskId, unit: 7, boxKey: other };
    expect(decodeKeyRequest(encodeKeyRequest(keyRequest))).toEqual(ok(keyRequest));
    const key = { enc: new Uint8Array(32).fill(1), ct: new Uint8Array(48).fill(2) };
    expect(decodeKeyAnswer(encodeKeyAnswer(key))).toEqual(ok(key));
    for (const refusal of [{ code: 'busy', retryAfter: 1 }, { code: 'not-found' }] as const) {
      expect(decodeBlobAnswer(encodeBlobAnswer(refusal))).toEqual(ok(refusal));
      expect(decodeKeyAnswer(encodeKeyAnswer(refusal))).toEqual(ok(refusal));
    }
    expect(decodeHave(encodeHave(have))).toEqual(ok(have));
  });

  it('are refused when not canonical, so that one message has one byte string', () => {
    const canonical = encodeBlobRequest({ id, offset: 0 });
    // The offset 0 in two bytes instead of one: the same value to a lenient decoder.
    const lax = Uint8Array.from([...canonical.slice(0, -1), 0x18, 0x00]);
    expect(decodeBlobRequest(lax)).toEqual(malformed);
    expect(decodeBlobRequest(Uint8Array.from([...canonical, 0]))).toEqual(malformed);
  });

  it.each<[string, CborValue]>([
    ['an unknown field', { id: hash, offset: 0, more: 1 }],
    ['a missing field', { id: hash }],
    ['a short hash', { id: hash.slice(1), offset: 0 }],
    ['an offset inside a chunk', { id: hash, offset: 5 }],
    ['a negative offset', { id: hash, offset: -CHUNK }],
    ['a list', [hash, 0]],
    ['a text', 'id'],
  ])('refuse a blob request with %s', (_, message) => {
    expect(decodeBlobRequest(encodeCbor(message))).toEqual(malformed);
  });

  it.each<[string, CborValue]>([
    ['more nodes than a shard has chunks', { size: 1, nodes: Array.from({ length: 5 }, () => hash) }],
    ['an unknown code', { code: 'because' }],
    ['a code and a size', { code: 'busy', size: 1 }],
    ['a wait of a day', { code: 'busy', retryAfter: 86_400 }],
  ])('refuse a blob answer with %s', (_, message) => {
    expect(decodeBlobAnswer(encodeCbor(message))).toEqual(malformed);
  });

  it.each<[string, CborValue]>([
    ['a box key that is no key', { task: hash, unit: 0, boxKey: hash.slice(1) }],
    ['a long box key', { task: hash, unit: 0, boxKey: new Uint8Array(66) }],
    ['a unit beyond 32 bits', { task: hash, unit: 2 ** 32, boxKey: hash }],
    ['a message over 1 KiB', { task: hash, unit: 0, boxKey: new Uint8Array(2000) }],
  ])('refuse a key request with %s', (_, message) => {
    expect(decodeKeyRequest(encodeCbor(message))).toEqual(malformed);
  });

  it.each<[string, CborValue]>([
    ['no encapsulated key', { enc: new Uint8Array(0), ct: new Uint8Array(48) }],
    ['a ciphertext that is too long', { enc: hash, ct: new Uint8Array(49) }],
  ])('refuse a key answer with %s', (_, message) => {
    expect(decodeKeyAnswer(encodeCbor(message))).toEqual(malformed);
  });

  it.each<[string, CborValue]>([
    ['another version', { ...haveFields, t: 'prooftab/have/2' }],
    ['65 ids', { ...haveFields, ids: Array.from({ length: 65 }, (_, i) => new Uint8Array(32).fill(i)) }],
    ['an id twice', { ...haveFields, ids: [hash, hash] }],
    ['another field', { ...haveFields, more: true }],
  ])('refuse an announcement with %s', (_, message) => {
    expect(decodeHave(encodeCbor(message))).toEqual(malformed);
  });

  it('name the topic by chain', () => {
    expect(haveTopic(31337)).toBe('/prooftab/1/31337/have');
  });
});
