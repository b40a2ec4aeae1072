/** A record as vectors show it, in the form that is encoded: text that begins with 0x stands for bytes. */
import { fromHex, isHex } from '../../src/protocol/bytes.ts';
import type { CborMap, CborValue } from '../../src/protocol/cbor.ts';

export type JsonRecord = { readonly [key: string]: JsonValue };
type JsonValue = number | string | readonly JsonValue[] | JsonRecord;

export function mapFromJson(record: JsonRecord): CborMap {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, valueFromJson(value)]));
}

function valueFromJson(value: JsonValue): CborValue {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return isHex(value) ? fromHex(value) : value;
  return isList(value) ? value.map(valueFromJson) : mapFromJson(value);
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
