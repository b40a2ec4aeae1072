import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex, type Hex } from './bytes.ts';
import { decodeCbor, encodeCbor, type CborMap, type CborValue } from './cbor.ts';
import { MAX_HEAD_BYTES, MAX_UNITS, decodeHead, decodeShardList, encodeHead, encodeShardList, headId, type Head, type ShardList } from './heads.ts';
import { sha256 } from './sha256.ts';

const vectors = JSON.parse(readFileSync(new URL('../../fixtures/vectors/heads.json', import.meta.url), 'utf8')) as {
  head: Head;
  cbor: Hex;
  id: Hex;
}[];

function mapIn(bytes: Uint8Array): CborMap {
  const decoded = decodeCbor(bytes, bytes.length);
  if (!decoded.ok) throw new Error(decoded.failure.detail);
  return decoded.value as CborMap;
}

describe('heads', () => {
  it.each(vectors)('$head.t encodes, decodes and names itself as the vectors say', ({ head, cbor, id }) => {
    expect(toHex(encodeHead(head))).toBe(cbor);
    expect(decodeHead(head.t, fromHex(cbor))).toEqual({ ok: true, value: head });
    expect(headId(head)).toBe(id);
  });

  it.each(vectors)('$head.t with a field more, a field less, or a field of another type is refused', ({ head, cbor }) => {
    const map = mapIn(fromHex(cbor));
    const refused = (changed: CborMap) =>
      expect(decodeHead(head.t, encodeCbor(changed)), JSON.stringify(Object.keys(changed))).toMatchObject({ ok: false });
    refused({ ...map, extra: 1 });
    for (const key of Object.keys(map)) {
      refused(Object.fromEntries(Object.entries(map).filter(([name]) => name !== key)));
      refused({ ...map, [key]: true });
      const value = map[key];
      if (value instanceof Uint8Array) refused({ ...map, [key]: new Uint8Array(value.length + 1) });
      if (typeof value === 'number') refused({ ...map, [key]: -1 });
      if (typeof value === 'string') refused({ ...map, [key]: 'x'.repeat(2000) });
    }
  });

  it('is not read as a head of another kind', () => {
    for (const { cbor } of vectors)
      for (const { head } of vectors) expect(decodeHead(head.t, fromHex(cbor)).ok).toBe(toHex(encodeHead(head)) === cbor);
  });

  it('refuses a head too large for an event, as every list of more units is than a task may have', () => {
    const unit = { shard: 0, input: `0x${'00'.repeat(32)}` } as const;
    const listing = (units: number) => encodeHead({ t: 'prooftab/inputs/1', root: unit.input, units: Array.from({ length: units }, () => unit) });
    expect(listing(MAX_UNITS - 2).length).toBeLessThanOrEqual(MAX_HEAD_BYTES);
    expect(decodeHead('prooftab/inputs/1', listing(MAX_UNITS - 2))).toMatchObject({ ok: true });
    expect(listing(MAX_UNITS + 1).length).toBeGreaterThan(MAX_HEAD_BYTES);
    expect(decodeHead('prooftab/inputs/1', listing(MAX_UNITS + 1))).toMatchObject({ ok: false });
  });

  it('refuses a grade that does not exist, an empty extent and a truncated file', () => {
    const [model, , , details] = vectors.map(({ cbor }) => mapIn(fromHex(cbor)));
    if (!model || !details) throw new Error('vectors are missing');
    expect(decodeHead('prooftab/details/1', encodeCbor({ ...details, grade: 3 }))).toMatchObject({ ok: false });
    const [input] = model.inputs as CborValue[];
    expect(decodeHead('prooftab/model/1', encodeCbor({ ...model, inputs: [{ ...(input as CborMap), shape: [0] }] }))).toMatchObject({ ok: false });
    expect(decodeHead('prooftab/model/1', encodeCbor({ ...model, inputs: [{ ...(input as CborMap), other: 1 }] }))).toMatchObject({ ok: false });
    expect(decodeHead('prooftab/model/1', encodeCbor(model).subarray(0, -1))).toMatchObject({ ok: false });
  });
});

describe('a shard list', () => {
  const { list, cbor, id, refused } = JSON.parse(readFileSync(new URL('../../fixtures/vectors/shard-list.json', import.meta.url), 'utf8')) as {
    list: ShardList;
    cbor: Hex;
    id: Hex;
    refused: { name: string; cbor: Hex }[];
  };

  it('is written, read and named as the vectors say', () => {
    expect(toHex(encodeShardList(list))).toBe(cbor);
    expect(decodeShardList(fromHex(cbor))).toEqual({ ok: true, value: list });
    expect(sha256(encodeShardList(list))).toBe(id);
  });

  it.each(refused)('is refused with $name', ({ cbor: bytes }) => {
    expect(decodeShardList(fromHex(bytes))).toMatchObject({ ok: false, failure: { kind: 'bad-encoding' } });
  });

  it('is not refused for being empty: it is another check that asks how many shards there must be', () => {
    const none: ShardList = { t: 'prooftab/shards/1', shards: [], nodes: [] };
    expect(decodeShardList(encodeShardList(none))).toEqual({ ok: true, value: none });
  });
});
