/** The list of a dataset's sealed shards (§3), written from the specification alone, and what must be refused in its place. */
import { concatBytes, fromHex, toHex, utf8, type Hex } from '../../src/protocol/bytes.ts';
import { encodeCbor, type CborMap } from '../../src/protocol/cbor.ts';
import { toHex32 } from '../../src/protocol/field.ts';
import { sha256 } from '../../src/protocol/sha256.ts';
import { mapFromJson, type JsonRecord } from './from-json.ts';
import { named } from './named.ts';

const shards = [
  { tree: named('shard 0'), bytes: 3164 },
  { tree: named('shard 1'), bytes: 2 ** 20 },
  { tree: named('shard 2'), bytes: 23 },
];
const nodes: readonly Hex[] = shards.map((_, i) => toHex32(BigInt(named(`node ${i}`)) >> 8n));
const list = { t: 'prooftab/shards/1', shards, nodes };

const notThisRecord: readonly (readonly [string, JsonRecord])[] = [
  ['another version', { ...list, t: 'prooftab/shards/2' }],
  ['a shard without its node', { ...list, nodes: nodes.slice(1) }],
  ['a node without its shard', { ...list, nodes: [...nodes, toHex32(7n)] }],
  ['a shard over 1 MiB', { ...list, shards: shards.map((shard) => ({ ...shard, bytes: 2 ** 20 + 1 })) }],
  ['a tree of 31 bytes', { ...list, shards: shards.map((shard) => ({ ...shard, tree: shard.tree.slice(0, -2) })) }],
  ['a node of 31 bytes', { ...list, nodes: nodes.map((node) => node.slice(0, -2)) }],
  ['a field more', { ...list, more: 1 }],
];

export function shardListVectors(): unknown {
  const cbor = encodeCbor(mapFromJson(list));
  return {
    list,
    cbor: toHex(cbor),
    id: sha256(cbor),
    refused: [
      ...notThisRecord.map(([name, record]) => ({ name, cbor: toHex(encodeCbor(mapFromJson(record))) })),
      ...notCanonical(),
      { name: 'an end that is missing', cbor: toHex(cbor.subarray(0, -1)) },
      { name: 'a byte after the end', cbor: toHex(concatBytes(cbor, new Uint8Array(1))) },
    ],
  };
}

/** A list of no shards that a lenient decoder would take: the same value in other bytes. */
function notCanonical(): unknown[] {
  const field = (key: string, value: Uint8Array) => concatBytes(Uint8Array.of(0x60 + key.length), utf8(key), value);
  const type = field('t', encodeCbor(list.t));
  const none = encodeCbor([]);
  const map = (...fields: readonly Uint8Array[]) => toHex(concatBytes(fromHex('0xa3'), ...fields));
  const sorted: CborMap = { t: list.t, nodes: [], shards: [] };
  return [
    { name: 'unsorted keys', cbor: map(type, field('shards', none), field('nodes', none)) },
    { name: 'a length longer than needed', cbor: toHex(encodeCbor(sorted)).replace(/80$/, '9800') },
    { name: 'a list of unstated length', cbor: toHex(encodeCbor(sorted)).replace(/80$/, '9fff') },
  ];
}
