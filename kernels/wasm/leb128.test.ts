import { describe, expect, it } from 'vitest';
import { signedLeb, unsignedLeb } from './leb128.ts';

describe('integers of the binary format', () => {
  it('are those of the specification', () => {
    expect(unsignedLeb(624485)).toEqual([0xe5, 0x8e, 0x26]);
    expect(signedLeb(-123456n)).toEqual([0xc0, 0xbb, 0x78]);
  });

  it.each([0n, 1n, 63n, 64n, -64n, -65n, 127n, 128n, 2n ** 63n - 1n, -(2n ** 63n)])('come back: %d', (value) => {
    const back = signedLeb(value).reduce((sum, byte, i) => sum | (BigInt(byte & 127) << BigInt(7 * i)), 0n);
    expect(BigInt.asIntN(7 * signedLeb(value).length, back)).toBe(value);
  });
});
