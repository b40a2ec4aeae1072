/**
 * Core deterministic CBOR (RFC 8949 §4.2.1) with text keys, without floats, tags, null or indefinite lengths.
 * One value has one byte string: decoding re-encodes and compares, because a strict decoder still accepts unsorted keys.
 */
import { decode, encode, rfc8949EncodeOptions } from 'cborg';
import { equalBytes } from './bytes.ts';
import { fail, ok, type Result } from './result.ts';

export type CborValue = number | bigint | string | boolean | Uint8Array | readonly CborValue[] | CborMap;
export interface CborMap {
  readonly [key: string]: CborValue;
}

export interface CborFailure {
  readonly kind: 'bad-encoding';
  /** What is wrong with the bytes, in words for a developer. */
  readonly detail: string;
}

/** Nothing in the protocol nests deeper; a decoder that recurses must not be led further. */
const MAX_DEPTH = 12;
const MIN_INTEGER = -(2n ** 63n);
const MAX_INTEGER = 2n ** 64n - 1n;

/**
 * @throws TypeError on a value outside the protocol's subset: a bug of the caller, never of a stranger.
 * @example
 * encodeCbor({ b: 1, a: 2 }) // Uint8Array [0xa2, 0x61, 0x61, 2, 0x61, 0x62, 1]
 */
export function encodeCbor(value: CborValue): Uint8Array<ArrayBuffer> {
  const flaw = flawIn(value, 0);
  if (flaw) throw new TypeError(`cannot be encoded: ${flaw}`);
  return new Uint8Array(encode(value, rfc8949EncodeOptions));
}

/** Decodes untrusted bytes of at most `maxBytes`; what comes back re-encodes to the very same bytes. */
export function decodeCbor(bytes: Uint8Array, maxBytes: number): Result<CborValue, CborFailure> {
  if (bytes.length > maxBytes) return fail({ kind: 'bad-encoding', detail: `${bytes.length} bytes, at most ${maxBytes} are taken` });
  if (tooDeep(bytes)) return fail({ kind: 'bad-encoding', detail: 'nested too deeply' });
  let value: CborValue;
  try {
    value = decode(bytes, {
      strict: true,
      allowIndefinite: false,
      allowUndefined: false,
      allowInfinity: false,
      allowNaN: false,
      rejectDuplicateMapKeys: true,
    }) as CborValue;
  } catch (error) {
    return fail({ kind: 'bad-encoding', detail: error instanceof Error ? error.message : 'not CBOR' });
  }
  const flaw = flawIn(value, 0);
  if (flaw) return fail({ kind: 'bad-encoding', detail: flaw });
  if (!equalBytes(encodeCbor(value), bytes)) return fail({ kind: 'bad-encoding', detail: 'not the canonical encoding of its value' });
  return ok(value);
}

function flawIn(value: unknown, depth: number): string | null {
  if (depth > MAX_DEPTH) return 'nested too deeply';
  if (typeof value === 'string' || typeof value === 'boolean' || value instanceof Uint8Array) return null;
  if (typeof value === 'number') return Number.isSafeInteger(value) && !Object.is(value, -0) ? null : 'a number that is not a whole number';
  if (typeof value === 'bigint') return value >= MIN_INTEGER && value <= MAX_INTEGER ? null : 'an integer outside -2^63 … 2^64 - 1';
  if (Array.isArray(value)) return firstFlaw(value, depth);
  if (typeof value === 'object' && value !== null && isPlain(value)) return firstFlaw(Object.values(value), depth);
  return 'a value that is neither an integer, text, bytes, a boolean, a list nor a map with text keys';
}

function firstFlaw(values: readonly unknown[], depth: number): string | null {
  for (const value of values) {
    const flaw = flawIn(value, depth + 1);
    if (flaw) return flaw;
  }
  return null;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** A list or map of one element is one byte, so depth is at most the run of container heads at any place. */
function tooDeep(bytes: Uint8Array): boolean {
  let run = 0;
  for (const byte of bytes) {
    const major = byte >> 5;
    run = major === 4 || major === 5 || major === 6 ? run + 1 : 0;
    if (run > 512) return true;
  }
  return false;
}
