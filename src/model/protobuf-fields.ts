/** Single protobuf fields as the values they hold; a field of another shape is malformed. */
import { MalformedProtobuf, varintAt, type Field } from './protobuf.ts';

export function bytesOf(field: Field): Uint8Array<ArrayBuffer> {
  if (field.wire !== 'bytes') throw new MalformedProtobuf(`field ${field.number} is not length-delimited`);
  return field.value;
}

export function textOf(field: Field): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytesOf(field));
  } catch (error) {
    if (error instanceof TypeError) throw new MalformedProtobuf(`field ${field.number} is not UTF-8`);
    throw error;
  }
}

export function integerOf(field: Field): number {
  if (field.wire !== 'varint') throw new MalformedProtobuf(`field ${field.number} is not an integer`);
  return safeInteger(BigInt.asIntN(64, field.value));
}

/** Repeated integers come packed or one by one. */
export function integersOf(field: Field): number[] {
  if (field.wire === 'varint') return [integerOf(field)];
  const bytes = bytesOf(field);
  const values: number[] = [];
  for (let at = 0; at < bytes.length;) {
    const { value, end } = varintAt(bytes, at);
    values.push(safeInteger(BigInt.asIntN(64, value)));
    at = end;
  }
  return values;
}

function safeInteger(value: bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new MalformedProtobuf(`integer ${value} is out of range`);
  return number;
}

export function floatOf(field: Field): number {
  if (field.wire !== 'fixed32') throw new MalformedProtobuf(`field ${field.number} is not a float`);
  return new DataView(field.value.buffer).getFloat32(0, true);
}
