/** What peers say to each other (§10), written from the specification alone: each message with its bytes and its frame, and what must be refused. */
import { concatBytes, fromHex, toHex, utf8, type Hex } from '../../src/protocol/bytes.ts';
import { encodeCbor } from '../../src/protocol/cbor.ts';
import { mapFromJson, type JsonRecord } from './from-json.ts';
import { named } from './named.ts';

type Message = 'blob-request' | 'blob-answer' | 'key-request' | 'key-answer' | 'have';

const CODES = ['bad-request', 'not-found', 'not-claimant', 'not-granted', 'budget-spent', 'busy', 'too-large', 'unsupported-version'];
const CHUNK = 262_144;
const id = named('shard');
const task = named('task');
const x25519 = named('box');
const p256: Hex = `0x04${named('x').slice(2)}${named('y').slice(2)}`;
const ct: Hex = `0x${'c7'.repeat(48)}`;
const have = { t: 'prooftab/have/1', ids: [id, named('other shard')], until: 1_800_000_090, time: 1_800_000_000 };

const said: readonly (readonly [Message, JsonRecord])[] = [
  ['blob-request', { id, offset: 0 }],
  ['blob-request', { id, offset: 3 * CHUNK }],
  ['blob-answer', { size: 700_000, nodes: [named('node 0'), named('node 1'), named('node 2')] }],
  ['blob-answer', { size: 38_000_000, nodes: [] }],
  ['blob-answer', { code: 'busy', retryAfter: 5 }],
  ['key-request', { task, unit: 3, boxKey: x25519 }],
  ['key-request', { task, unit: 2 ** 32 - 1, boxKey: p256 }],
  ['key-answer', { enc: x25519, ct }],
  ['key-answer', { enc: p256, ct }],
  ['key-answer', { code: 'budget-spent', retryAfter: 3600 }],
  ...CODES.map((code) => ['key-answer', { code }] as const),
  ['have', have],
  ['have', { ...have, ids: [] }],
];

/** Canonical CBOR, and not this message. */
const outOfBounds: readonly (readonly [Message, string, JsonRecord])[] = [
  ['blob-request', 'an offset inside a chunk', { id, offset: 5 }],
  ['blob-request', 'a negative offset', { id, offset: -CHUNK }],
  ['blob-request', 'an id of 31 bytes', { id: id.slice(0, -2), offset: 0 }],
  ['blob-request', 'a field more', { id, offset: 0, more: 1 }],
  ['blob-request', 'a field less', { id }],
  ['blob-answer', 'more nodes than a shard has chunks', { size: 1, nodes: [id, id, id, id, id] }],
  ['blob-answer', 'a code that nobody knows', { code: 'because' }],
  ['blob-answer', 'a code and a size', { code: 'busy', size: 1 }],
  ['blob-answer', 'a wait of more than an hour', { code: 'busy', retryAfter: 3601 }],
  ['key-request', 'a box key of 31 bytes', { task, unit: 0, boxKey: x25519.slice(0, -2) }],
  ['key-request', 'a box key of 66 bytes', { task, unit: 0, boxKey: `${p256}00` }],
  ['key-request', 'a unit beyond 32 bits', { task, unit: 2 ** 32, boxKey: x25519 }],
  ['key-request', 'more than 1 KiB', { task, unit: 0, boxKey: `0x${'00'.repeat(1024)}` }],
  ['key-answer', 'a ciphertext of 49 bytes', { enc: x25519, ct: `${ct}00` }],
  ['key-answer', 'no encapsulated key', { enc: '0x', ct }],
  ['have', 'another version', { ...have, t: 'prooftab/have/2' }],
  ['have', 'an id twice', { ...have, ids: [id, id] }],
  ['have', '65 ids', { ...have, ids: Array.from({ length: 65 }, (_, i) => named(`shard ${i}`)) }],
  ['have', 'no type', { ids: [id], until: 2, time: 1 }],
];

export function wireVectors(): unknown {
  return {
    topics: [31_337, 1].map((chain) => ({ chain, topic: `/prooftab/1/${chain}/have` })),
    messages: said.map(([message, fields]) => {
      const cbor = encodeCbor(mapFromJson(fields));
      return { message, fields, cbor: toHex(cbor), frame: toHex(concatBytes(varint(cbor.length), cbor)) };
    }),
    refused: [...outOfBounds.map(([message, name, fields]) => ({ message, name, cbor: toHex(encodeCbor(mapFromJson(fields))) })), ...notCanonical()],
  };
}

/** A blob request that a lenient decoder would take: the same value in other bytes. */
function notCanonical(): unknown[] {
  const idField = concatBytes(fromHex('0x62'), utf8('id'), fromHex('0x5820'), fromHex(id));
  const offsetKey = concatBytes(fromHex('0x66'), utf8('offset'));
  const map = (...fields: readonly Uint8Array[]) => toHex(concatBytes(fromHex('0xa2'), ...fields));
  return [
    { message: 'blob-request', name: 'an integer longer than needed', cbor: map(idField, offsetKey, fromHex('0x1800')) },
    { message: 'blob-request', name: 'unsorted keys', cbor: map(offsetKey, fromHex('0x00'), idField) },
    { message: 'blob-request', name: 'a byte after the end', cbor: map(idField, offsetKey, fromHex('0x0000')) },
  ];
}

/** Seven bits a byte, lowest first; the eighth says that another follows. */
function varint(value: number): Uint8Array {
  return value < 128 ? Uint8Array.of(value) : concatBytes(Uint8Array.of((value & 127) | 128), varint(value >> 7));
}
