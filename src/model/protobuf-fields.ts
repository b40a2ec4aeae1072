/** Single protobuf fields as the values they hold; a field of another shape is malformed. */
import { MalformedProtobuf, type Field } from './protobuf.ts';

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
  const values: number[] = [];
  let value = 0n;
  let shift = 0n;
  for (const byte of bytesOf(field)) {
    value |= BigInt(byte & 0x7f) << shift;
    shift += 7n;
    if (byte >= 0x80) continue;
    values.push(safeInteger(BigInt.asIntN(64, value)));
    [value, shift] = [0n, 0n];
  }
  if (shift !== 0n) throw new MalformedProtobuf(`field ${field.number} is cut short`);
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
