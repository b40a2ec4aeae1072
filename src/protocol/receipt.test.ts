import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex, type Hex } from './bytes.ts';
import { decodeCbor, encodeCbor, type CborMap, type CborValue } from './cbor.ts';
import { SCALAR_ORDER, toBytes32 } from './field.ts';
import { MAX_RECEIPT_BYTES, decodeReceipt, encodeReceipt, receiptId, type Receipt } from './receipt.ts';
import { receiptFromJson, receiptToJson, type ReceiptView } from './receipt-view.ts';

const vector = JSON.parse(readFileSync(new URL('../../fixtures/vectors/receipt.json', import.meta.url), 'utf8')) as {
  cbor: Hex;
  id: Hex;
  evidence: Hex;
};
const bytes = fromHex(vector.cbor);

function receipt(): Receipt {
  const decoded = decodeReceipt(bytes);
  if (!decoded.ok) throw new Error(decoded.failure.detail);
  return decoded.value;
}

function mapOf(encoded: Uint8Array): CborMap {
  const decoded = decodeCbor(encoded, MAX_RECEIPT_BYTES);
  if (!decoded.ok) throw new Error(decoded.failure.detail);
  return decoded.value as CborMap;
}

/** Every map inside a value, with a way to put another in its place. */
function* mapsWithin(
  value: CborValue,
  rebuild: (changed: CborValue) => CborValue,
): Generator<{ map: CborMap; place: (changed: CborValue) => CborValue }> {
  if (Array.isArray(value)) {
    const list = value as readonly CborValue[];
    for (const [i, item] of list.entries()) yield* mapsWithin(item, (changed) => rebuild(list.map((old, j) => (i === j ? changed : old))));
  } else if (typeof value === 'object' && !(value instanceof Uint8Array)) {
    const map = value as CborMap;
    yield { map, place: rebuild };
    for (const [key, item] of Object.entries(map)) yield* mapsWithin(item, (changed) => rebuild({ ...map, [key]: changed }));
  }
}

describe('a receipt file', () => {
  it('is one byte string, whose id leaves the proof out', () => {
    expect(encodeReceipt(receipt())).toEqual(bytes);
    expect(receiptId(receipt())).toBe(vector.id);
    expect(receiptId({ ...receipt(), ...{ proof: { system: 1, bytes: new Uint8Array(256) } } })).toBe(vector.id);
  });

  it('is refused with a key too many or too few, or a field of another type, at any depth', () => {
    let tried = 0;
    for (const { map, place } of mapsWithin(mapOf(bytes), (whole) => whole)) {
      expect(decodeReceipt(encodeCbor(place({ ...map, extra: 1 }))).ok).toBe(false);
      for (const key of Object.keys(map)) {
        const without = Object.fromEntries(Object.entries(map).filter(([name]) => name !== key));
        expect(decodeReceipt(encodeCbor(place(without))).ok, `without ${key}`).toBe(false);
        expect(decodeReceipt(encodeCbor(place({ ...map, [key]: 'another type' }))).ok, `${key} as text`).toBe(
          typeof map[key] === 'string' && key === 'name',
        );
        if (map[key] instanceof Uint8Array)
          expect(decodeReceipt(encodeCbor(place({ ...map, [key]: new Uint8Array(31) }))).ok, `short ${key}`).toBe(false);
        tried++;
      }
    }
    expect(tried).toBeGreaterThan(50);
  });

  it('is refused with a value or digest that is not below the field order, however it is spelt', () => {
    const map = mapOf(bytes);
    const statement = map.statement as CborMap;
    expect(decodeReceipt(encodeCbor({ ...map, statement: { ...statement, digest: toBytes32(SCALAR_ORDER) } }))).toMatchObject({ ok: false });
    expect(decodeReceipt(encodeCbor({ ...map, statement: { ...statement, values: [toBytes32(SCALAR_ORDER)] } }))).toMatchObject({ ok: false });
  });

  it('is refused with a meter of five readings or a negative one', () => {
    const map = mapOf(bytes);
    const material = map.material as CborMap;
    const circuit = material.circuit as CborMap;
    for (const meter of [
      [1, 2, 3, 4, 5],
      [1, 2, 3, 4, 5, -6],
    ]) {
      expect(decodeReceipt(encodeCbor({ ...map, material: { ...material, circuit: { ...circuit, meter } } }))).toMatchObject({ ok: false });
    }
  });

  it('reads the same from its JSON view, which cannot smuggle another id in', () => {
    const view = receiptToJson(receipt());
    const read = receiptFromJson(JSON.stringify({ ...view, id: '0x00' }));
    if (!read.ok) throw new Error(read.failure.detail);
    expect(toHex(encodeReceipt(read.value))).toBe(vector.cbor);
    expect(view.id).toBe(vector.id);
  });

  it('has the JSON view of the vectors, with all that snarkjs asks for, and is read back from it', () => {
    const { cbor, view } = JSON.parse(readFileSync(new URL('../../fixtures/vectors/receipt-view.json', import.meta.url), 'utf8')) as {
      cbor: Hex;
      view: ReceiptView;
    };
    const decoded = decodeReceipt(fromHex(cbor));
    if (!decoded.ok) throw new Error(decoded.failure.detail);
    expect(JSON.parse(JSON.stringify(receiptToJson(decoded.value)))).toEqual(view);
    expect(view.snarkjs?.publicSignals).toHaveLength(3);
    const read = receiptFromJson(JSON.stringify(view));
    expect(read.ok && toHex(encodeReceipt(read.value))).toBe(cbor);
  });

  it('says what is wrong with a file that is no receipt', () => {
    for (const text of ['', '{}', '[]', 'null', '{"statement":{"values":["x"]}}'])
      expect(receiptFromJson(text)).toMatchObject({ ok: false, failure: { kind: 'bad-encoding' } });
    expect(decodeReceipt(new Uint8Array(MAX_RECEIPT_BYTES + 1))).toMatchObject({ ok: false });
    expect(decodeReceipt(encodeCbor('receipt'))).toMatchObject({ ok: false, failure: { detail: 'a map is missing' } });
  });
});
