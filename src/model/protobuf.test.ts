import { describe, expect, it } from 'vitest';
import { bytesOf, floatOf, integerOf, integersOf, textOf } from './protobuf-fields.ts';
import { FieldWriter, MalformedProtobuf, readFields, type Field } from './protobuf.ts';

const only = (bytes: Uint8Array): Field => readFields(bytes)[0];

describe('protobuf', () => {
  it('reads back every kind of field', () => {
    const fields = readFields(new FieldWriter().varint(1, -5).varint(2, 300n).float(3, 0.125).text(16, 'né').bytes(4, new Uint8Array(200)).done());
    expect(integerOf(fields[0])).toBe(-5);
    expect(integerOf(fields[1])).toBe(300);
    expect(floatOf(fields[2])).toBe(0.125);
    expect(textOf(fields[3])).toBe('né');
    expect(bytesOf(fields[4])).toHaveLength(200);
    expect(fields.map(({ number }) => number)).toEqual([1, 2, 3, 16, 4]);
  });

  it('reads a 64-bit word as it stands', () => {
    expect(readFields(new Uint8Array([9, 1, 2, 3, 4, 5, 6, 7, 8]))).toEqual([
      { number: 1, wire: 'fixed64', value: new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]) },
    ]);
  });

  it('reads repeated integers packed or one by one', () => {
    expect(integersOf(only(new FieldWriter().bytes(1, new Uint8Array([3, 0xac, 0x02])).done()))).toEqual([3, 300]);
    expect(integersOf(only(new FieldWriter().varint(1, 3).done()))).toEqual([3]);
    expect(integersOf(only(new FieldWriter().varint(1, -3).done()))).toEqual([-3]);
  });

  it.each([
    ['a number without an end', [8, 0x80], 'a number is cut short at byte 2'],
    ['a number longer than ten bytes', [8, ...Array.from({ length: 10 }, () => 0x80), 1], 'a number is longer than ten bytes at byte 11'],
    ['field number 0', [0, 1], 'field number 0 at byte 1'],
    ['a group, which is no wire type of proto3', [0x0b, 1, 2, 3, 4], 'wire type 3 at byte 1'],
    ['a length beyond the end', [10, 5, 1], 'a field of 5 bytes is cut short at byte 2'],
    ['a float beyond the end', [13, 1], 'a field of 4 bytes is cut short at byte 1'],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => readFields(new Uint8Array(bytes))).toThrow(new MalformedProtobuf(message));
  });

  it('refuses a packed number without an end before it grows beyond what 64 bits can need', () => {
    const endless = only(new FieldWriter().bytes(1, new Uint8Array(100_000).fill(0x80)).done());
    expect(() => integersOf(endless)).toThrow(new MalformedProtobuf('a number is longer than ten bytes at byte 10'));
  });

  it('refuses a field of another shape than its reader expects', () => {
    const integer = only(new FieldWriter().varint(1, 3).done());
    const bytes = only(new FieldWriter().bytes(1, new Uint8Array([0xff])).done());
    expect(() => bytesOf(integer)).toThrow('field 1 is not length-delimited');
    expect(() => integerOf(bytes)).toThrow('field 1 is not an integer');
    expect(() => floatOf(bytes)).toThrow('field 1 is not a float');
    expect(() => textOf(bytes)).toThrow('field 1 is not UTF-8');
    expect(() => integersOf(bytes)).toThrow('a number is cut short at byte 1');
    expect(() => integerOf(only(new FieldWriter().varint(1, 2n ** 60n).done()))).toThrow('integer 1152921504606846976 is out of range');
  });
});
