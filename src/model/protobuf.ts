/** The protobuf wire format, as far as ONNX files need it: varints, 32- and 64-bit words and length-delimited fields. */

/** One field as it stands in a message; `number` is the field's number in its schema. */
export type Field =
  | { readonly number: number; readonly wire: 'varint'; readonly value: bigint }
  | { readonly number: number; readonly wire: 'fixed64' | 'fixed32' | 'bytes'; readonly value: Uint8Array<ArrayBuffer> };

/** Thrown inside a reader and caught at its edge: the bytes are not protobuf, or are cut short. */
export class MalformedProtobuf extends Error {
  override readonly name = 'MalformedProtobuf';
}

/**
 * Splits a message into its fields, in file order.
 * @throws MalformedProtobuf where a field runs past the end or has a wire type outside the format.
 * @example
 * readFields(new Uint8Array([8, 150, 1])) // [{ number: 1, wire: 'varint', value: 150n }]
 */
export function readFields(bytes: Uint8Array): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): bigint => {
    const { value, end } = varintAt(bytes, at);
    at = end;
    return value;
  };
  const take = (length: number): Uint8Array<ArrayBuffer> => {
    if (length > bytes.length - at) throw new MalformedProtobuf(`a field of ${length} bytes is cut short at byte ${at}`);
    // A copy even where `bytes` is a Node Buffer, whose own `slice` is a view.
    const value = new Uint8Array(bytes.subarray(at, at + length));
    at += length;
    return value;
  };
  while (at < bytes.length) {
    const tag = varint();
    const number = Number(tag >> 3n);
    if (number === 0) throw new MalformedProtobuf(`field number 0 at byte ${at}`);
    const wire = Number(tag & 7n);
    if (wire === 0) fields.push({ number, wire: 'varint', value: varint() });
    else if (wire === 1) fields.push({ number, wire: 'fixed64', value: take(8) });
    else if (wire === 2) fields.push({ number, wire: 'bytes', value: take(Number(varint())) });
    else if (wire === 5) fields.push({ number, wire: 'fixed32', value: take(4) });
    else throw new MalformedProtobuf(`wire type ${wire} at byte ${at}`);
  }
  return fields;
}

/**
 * The number that begins at a byte, and the byte after it.
 * @throws MalformedProtobuf where it has no end, or more than the ten bytes that 64 bits can need
 */
export function varintAt(bytes: Uint8Array, start: number): { readonly value: bigint; readonly end: number } {
  let value = 0n;
  let at = start;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    if (at >= bytes.length) throw new MalformedProtobuf(`a number is cut short at byte ${at}`);
    const byte = bytes[at++];
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return { value: BigInt.asUintN(64, value), end: at };
  }
  throw new MalformedProtobuf(`a number is longer than ten bytes at byte ${at}`);
}

/** Collects a message's fields in the order in which they are written. */
export class FieldWriter {
  readonly #bytes: number[] = [];

  varint(number: number, value: bigint | number): this {
    this.#number(BigInt(number << 3));
    this.#number(BigInt.asUintN(64, BigInt(value)));
    return this;
  }

  float(number: number, value: number): this {
    this.#number(BigInt((number << 3) | 5));
    const word = new Uint8Array(4);
    new DataView(word.buffer).setFloat32(0, value, true);
    this.#bytes.push(...word);
    return this;
  }

  bytes(number: number, value: Uint8Array): this {
    this.#number(BigInt((number << 3) | 2));
    this.#number(BigInt(value.length));
    for (const byte of value) this.#bytes.push(byte);
    return this;
  }

  text(number: number, value: string): this {
    return this.bytes(number, new TextEncoder().encode(value));
  }

  done(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#bytes);
  }

  #number(value: bigint): void {
    let rest = value;
    for (; rest >= 0x80n; rest >>= 7n) this.#bytes.push(Number(rest & 0x7fn) | 0x80);
    this.#bytes.push(Number(rest));
  }
}
