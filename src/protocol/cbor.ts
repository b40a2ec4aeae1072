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
  /** What is wrong with the bytes: {@link NOT_CANONICAL}, or words for a developer. */
  readonly detail: string;
}

/** The detail of bytes that stand for a value and are not the one byte string that it has. */
export const NOT_CANONICAL = 'not-canonical';
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
    value = decode(bytes, STRICT) as CborValue;
  } catch (error) {
    const words = error instanceof Error ? error.message : 'not CBOR';
    return fail({ kind: 'bad-encoding', detail: isLongerThanNeeded(bytes) ? NOT_CANONICAL : words });
  }
  const flaw = flawIn(value, 0);
  if (flaw) return fail({ kind: 'bad-encoding', detail: flaw });
  if (!equalBytes(encodeCbor(value), bytes)) return fail({ kind: 'bad-encoding', detail: NOT_CANONICAL });
  return ok(value);
}

const STRICT = {
  strict: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowInfinity: false,
  allowNaN: false,
  rejectDuplicateMapKeys: true,
};

/** Whether all that is wrong is an integer or a length in more bytes than it needs. */
function isLongerThanNeeded(bytes: Uint8Array): boolean {
  try {
    decode(bytes, { ...STRICT, strict: false });
    return true;
  } catch {
    return false;
  }
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

/**
 * Walks item by item without recursion, so that hostile nesting is refused before a decoder that recurses sees it.
 * It stops early at a malformed head, and so does the decoder.
 */
function tooDeep(bytes: Uint8Array): boolean {
  /** Items still to come in each container that is open, outermost first. */
  const open: number[] = [];
  for (let at = 0; at < bytes.length;) {
    const { major, argument, size } = headAt(bytes, at);
    at += size + (major === BYTES || major === TEXT ? argument : 0);
    if (open.length > 0) open[open.length - 1] -= 1;
    if (major === LIST || major === MAP || major === TAG) open.push(major === LIST ? argument : major === MAP ? 2 * argument : 1);
    if (open.length > MAX_DEPTH + 1) return true;
    while (open.at(-1) === 0) open.pop();
  }
  return false;
}

const BYTES = 2;
const TEXT = 3;
const LIST = 4;
const MAP = 5;
const TAG = 6;

/** An item's first bytes (RFC 8949 §3): three bits of type, five of argument or of the length of the argument that follows. */
function headAt(bytes: Uint8Array, at: number): { readonly major: number; readonly argument: number; readonly size: number } {
  const first = bytes[at] ?? 0;
  const short = first & 31;
  const following = short >= 24 && short <= 27 ? 1 << (short - 24) : 0;
  let argument = following === 0 ? short : 0;
  for (let i = 1; i <= following; i++) argument = argument * 256 + (bytes[at + i] ?? 0);
  return { major: first >> 5, argument, size: 1 + following };
}
