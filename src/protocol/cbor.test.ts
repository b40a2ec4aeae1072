import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromHex, type Hex } from './bytes.ts';
import { NOT_CANONICAL, decodeCbor, encodeCbor, type CborValue } from './cbor.ts';

const vectors = JSON.parse(readFileSync(new URL('../../fixtures/vectors/cbor.json', import.meta.url), 'utf8')) as Record<
  'accepted' | 'refused',
  { name: string; cbor: Hex }[]
>;

describe('canonical CBOR', () => {
  it.each(vectors.accepted)('reads and writes back: $name', ({ cbor }) => {
    const bytes = fromHex(cbor);
    const decoded = decodeCbor(bytes, bytes.length);
    if (!decoded.ok) throw new Error(decoded.failure.detail);
    expect(encodeCbor(decoded.value)).toEqual(bytes);
  });

  it.each(vectors.refused)('refuses $name', ({ cbor }) => {
    expect(decodeCbor(fromHex(cbor), 10_000)).toMatchObject({ ok: false, failure: { kind: 'bad-encoding' } });
  });

  it('says of a value in other bytes than its own that they are not canonical, and of other bytes what they are', () => {
    const detailOf = (name: string) => {
      const { cbor } = vectors.refused.find((vector) => vector.name === name) ?? { cbor: '0x' };
      const decoded = decodeCbor(fromHex(cbor), 100);
      return decoded.ok ? null : decoded.failure.detail;
    };
    for (const name of ['an integer that is not shortest', 'unsorted keys']) expect(detailOf(name), name).toBe(NOT_CANONICAL);
    for (const name of ['a tag', 'the same key twice', 'bytes after the end', 'nothing']) expect(detailOf(name), name).not.toBe(NOT_CANONICAL);
  });

  it('refuses more bytes than were asked for, before it reads them', () => {
    const bytes = encodeCbor('twelve bytes');
    expect(decodeCbor(bytes, bytes.length).ok).toBe(true);
    expect(decodeCbor(bytes, bytes.length - 1)).toMatchObject({ ok: false, failure: { detail: expect.stringContaining('at most') as string } });
  });

  it('survives a bomb of nested tags, maps and lists', () => {
    for (const byte of [0x81, 0xc1, 0xa1]) expect(decodeCbor(new Uint8Array(200_000).fill(byte), 1 << 20).ok).toBe(false);
  });

  it('refuses nesting by name, however it is dressed, before a recursive decoder follows it', () => {
    const pairs = Uint8Array.from({ length: 200_000 }, (_, i) => (i % 2 === 0 ? 0x82 : 0));
    expect(decodeCbor(pairs, 1 << 20)).toEqual({ ok: false, failure: { kind: 'bad-encoding', detail: 'nested too deeply' } });
  });

  it('reads bytes and text that look like nesting, and as many siblings as fit', () => {
    const values: CborValue[] = [new Uint8Array(1000).fill(0x81), '\u0081'.repeat(600), Array.from({ length: 600 }, () => [[], {}])];
    for (const value of values) expect(decodeCbor(encodeCbor(value), 10_000)).toEqual({ ok: true, value });
  });

  it('gives every value one byte string, whatever order its keys were written in', () => {
    expect(encodeCbor({ b: 1, a: [1n, 2] })).toEqual(encodeCbor({ a: [1, 2], b: 1n }));
  });

  it('does not encode what it would not decode', () => {
    const outside: unknown[] = [1.5, Number.NaN, -0, null, undefined, 2n ** 64n, -(2n ** 63n) - 1n, new Map(), new Date(), Symbol('s')];
    for (const value of outside) expect(() => encodeCbor(value as CborValue), String(value)).toThrow(TypeError);
    let deep: CborValue = 1;
    for (let i = 0; i < 14; i++) deep = [deep];
    expect(() => encodeCbor(deep)).toThrow('too deeply');
  });
});
