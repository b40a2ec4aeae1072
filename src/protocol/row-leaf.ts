/** A row as a leaf: its columns packed into 248-bit words and hashed from a salt, so that equal rows cannot be recognised. */
import { poseidonChain } from './domain.ts';

/** No value straddles two words, and every word stays below r. */
const WORD_BITS = 248;

/**
 * Packs unsigned values of `bits` each, little-endian, as many as fit whole into a word.
 * @throws RangeError on a value outside the width
 * @example
 * packRow([1, 2, 3], 8) // [197121n]
 */
export function packRow(values: ArrayLike<number>, bits: number): bigint[] {
  const perWord = Math.floor(WORD_BITS / bits);
  const width = BigInt(bits);
  const words: bigint[] = [];
  for (let start = 0; start < values.length; start += perWord) {
    let word = 0n;
    for (let i = Math.min(start + perWord, values.length) - 1; i >= start; i--) {
      const value = values[i] ?? 0;
      if (!Number.isInteger(value) || value < 0 || value >= 2 ** bits) throw new RangeError(`${value} does not fit ${bits} bits`);
      word = (word << width) | BigInt(value);
    }
    words.push(word);
  }
  return words;
}

/** h₀ = salt, h = Poseidon(16)(h, 15 words), zero-padded; the last h is the leaf. */
export function rowLeaf(salt: bigint, words: readonly bigint[]): bigint {
  return poseidonChain(salt, words);
}
