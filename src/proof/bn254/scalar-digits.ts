/** Scalars in signed digits: scalar = Σ digit[w]·2^(bits·w), with digits from −2^(bits−1) + 1 to 2^(bits−1). */

/** BN254's scalars have 254 bits; the last digit takes the carry. */
const SCALAR_BITS = 254;
const MOST_BITS = 15;
const FEWEST_BITS = 4;

export const windowsOf = (bits: number): number => Math.ceil((SCALAR_BITS + 1) / bits);

/** How many scalars of 32 bytes reach beyond the lowest window. */
export function countLarge(scalars: Uint8Array): number {
  const words = new Uint32Array(scalars.buffer, scalars.byteOffset, scalars.length / 4);
  let large = 0;
  for (let at = 0; at < words.length; at += 8) if (words[at + 1] !== 0 || words[at + 2] !== 0 || words[at + 7] !== 0) large++;
  return large;
}

/** The width of digits that makes a sum cheapest: in every window each large scalar costs an addition, and each bucket two. */
export function cheapestBits(large: number): number {
  let [best, least] = [FEWEST_BITS, Infinity];
  for (let bits = FEWEST_BITS; bits <= MOST_BITS; bits++) {
    const cost = windowsOf(bits) * (large + 2 ** bits);
    if (cost < least) [best, least] = [bits, cost];
  }
  return best;
}

/**
 * @param scalars 32 bytes each, little-endian, below the group's order
 * @param digits room for `windowsOf(bits)` times as many digits, window after window
 */
export function writeDigits(scalars: Uint8Array, bits: number, digits: Int16Array): void {
  const count = scalars.length / 32;
  const windows = windowsOf(bits);
  const words = new Uint32Array(scalars.buffer, scalars.byteOffset, 8 * count);
  const mask = (1 << bits) - 1;
  const half = 1 << (bits - 1);
  digits.fill(0);
  for (let i = 0; i < count; i++) {
    let top = 7;
    while (top >= 0 && words[8 * i + top] === 0) top--;
    let carry = 0;
    for (let window = 0; window < windows; window++) {
      const bit = window * bits;
      const word = bit >>> 5;
      if (word > top && carry === 0) break;
      const shift = bit & 31;
      let value = word > 7 ? 0 : words[8 * i + word] >>> shift;
      if (shift + bits > 32 && word < 7) value |= words[8 * i + word + 1] << (32 - shift);
      value = (value & mask) + carry;
      carry = value > half ? 1 : 0;
      digits[window * count + i] = value - (carry << bits);
    }
  }
}
