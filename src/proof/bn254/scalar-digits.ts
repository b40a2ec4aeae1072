/** Scalars in signed digits: scalar = Σ digit[w]·2^(bits·w), with digits from −2^(bits−1) + 1 to 2^(bits−1). */

export interface ScalarDigits {
  readonly bits: number;
  readonly windows: number;
  readonly count: number;
  /** Window after window. */
  readonly digits: Int16Array;
}

/** BN254's scalars have 254 bits; the last digit takes the carry. */
const SCALAR_BITS = 254;

/** @param scalars 32 bytes each, little-endian, below the group's order */
export function scalarDigits(scalars: Uint8Array, bits: number): ScalarDigits {
  const count = scalars.length / 32;
  const windows = Math.ceil((SCALAR_BITS + 1) / bits);
  const digits = new Int16Array(windows * count);
  const words = new Uint32Array(scalars.buffer, scalars.byteOffset, 8 * count);
  const mask = (1 << bits) - 1;
  const half = 1 << (bits - 1);
  for (let i = 0; i < count; i++) {
    let top = 7;
    while (top >= 0 && words[8 * i + top] === 0) top--;
    let carry = 0;
    for (let window = 0; window < windows; window++) {
      const bit = window * bits;
      const word = bit >>> 5;
      if (word > top && carry === 0) break;
      const shift = bit & 31;
      let value = word > 7 ? 0 : words[8 * i + word]! >>> shift;
      if (shift + bits > 32 && word < 7) value |= words[8 * i + word + 1]! << (32 - shift);
      value = (value & mask) + carry;
      carry = value > half ? 1 : 0;
      digits[window * count + i] = value - (carry << bits);
    }
  }
  return { bits, windows, count, digits };
}
