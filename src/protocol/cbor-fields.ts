/** Parsing a decoded CBOR map by schema: every field is asked for by name and type, and unknown keys are refused. */
import { toHex, type Hex } from './bytes.ts';
import type { CborMap, CborValue } from './cbor.ts';

/** Thrown inside a parser and caught at its edge by {@link parsing}: the bytes are well-formed CBOR, and not this record. */
export class NotThisRecord extends Error {}

export function mapOf(value: CborValue | undefined, keys: readonly string[]): CborMap {
  if (typeof value !== 'object' || Array.isArray(value) || value instanceof Uint8Array) throw new NotThisRecord('a map is missing');
  const map = value as CborMap;
  const unknown = Object.keys(map).find((key) => !keys.includes(key));
  if (unknown !== undefined) throw new NotThisRecord(`unknown key ${unknown}`);
  return map;
}

export function textOf(map: CborMap, key: string, maxLength = 1024): string {
  const value = map[key];
  if (typeof value !== 'string' || value.length > maxLength) throw new NotThisRecord(`${key} is not text of at most ${maxLength} characters`);
  return value;
}

export function exactly<Text extends string>(map: CborMap, key: string, text: Text): Text {
  if (map[key] !== text) throw new NotThisRecord(`${key} is not ${text}`);
  return text;
}

export function naturalOf(map: CborMap, key: string, max: number = Number.MAX_SAFE_INTEGER): number {
  const value = map[key];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0 || value > max)
    throw new NotThisRecord(`${key} is not an integer from 0 to ${max}`);
  return value;
}

export function booleanOf(map: CborMap, key: string): boolean {
  const value = map[key];
  if (typeof value !== 'boolean') throw new NotThisRecord(`${key} is not true or false`);
  return value;
}

/** Bytes of exactly `length`, as hexadecimal text. */
export function hexOf(map: CborMap, key: string, length: number): Hex {
  return hexValue(map[key], length, key);
}

/** Bytes of `length`, or none at all. */
export function hexOrNoneOf(map: CborMap, key: string, length: number): Hex {
  const value = map[key];
  return value instanceof Uint8Array && value.length === 0 ? '0x' : hexValue(value, length, key);
}

export function hexValue(value: CborValue | undefined, length: number, what: string): Hex {
  if (!(value instanceof Uint8Array) || value.length !== length) throw new NotThisRecord(`${what} is not ${length} bytes`);
  return toHex(value);
}

export function listOf<Item>(map: CborMap, key: string, maxLength: number, item: (value: CborValue) => Item): Item[] {
  const value = map[key];
  if (!Array.isArray(value) || value.length > maxLength) throw new NotThisRecord(`${key} is not a list of at most ${maxLength}`);
  return (value as readonly CborValue[]).map(item);
}

/** Runs a parser and turns its refusal into null plus a reason; any other error is a bug and goes on. */
export function parsing<Value>(parse: () => Value): { readonly value: Value } | { readonly refusal: string } {
  try {
    return { value: parse() };
  } catch (error) {
    if (error instanceof NotThisRecord) return { refusal: error.message };
    throw error;
  }
}
