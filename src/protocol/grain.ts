/** The Grain LFSR in self-shrinking mode, from which Poseidon's constants are drawn (Poseidon paper, ePrint 2019/458, appendix E). */
import { SCALAR_ORDER } from './field.ts';

const FIELD_BITS = 254;
const REGISTER = 80;
/** Bits made at a time. */
const STRETCH = 1 << 16;

/** Draws 254-bit integers for a state of `width` elements; the parameters seed the register. */
export function grain(width: number, fullRounds: number, partialRounds: number): { fieldElement: () => bigint; integer: () => bigint } {
  // Prime field 1 (2 bits), S-box x^α 0 (4), field bits (12), width (12), full rounds (10), partial rounds (10), thirty ones.
  const seed = [bits(1, 2), bits(0, 4), bits(FIELD_BITS, 12), bits(width, 12), bits(fullRounds, 10), bits(partialRounds, 10), bits(2 ** 30 - 1, 30)];
  let sequence = extended(Uint8Array.from(seed.flat()));
  let at = 3 * REGISTER;
  /** Of each pair the second bit counts, if the first is 1. */
  const bit = (): number => {
    for (;;) {
      if (at + 2 > sequence.length) {
        sequence = extended(sequence.slice(-REGISTER));
        at = REGISTER;
      }
      at += 2;
      if (sequence[at - 2] === 1) return sequence[at - 1];
    }
  };
  const integer = (): bigint => {
    let value = 0n;
    for (let left = FIELD_BITS; left > 0;) {
      const count = Math.min(left, 32);
      let word = 0;
      for (let i = 0; i < count; i++) word = word * 2 + bit();
      value = (value << BigInt(count)) | BigInt(word);
      left -= count;
    }
    return value;
  };
  const fieldElement = (): bigint => {
    for (;;) {
      const value = integer();
      if (value < SCALAR_ORDER) return value;
    }
  };
  return { fieldElement, integer };
}

/** The register's bits followed by those it makes; an even number, so that pairs stay pairs. */
function extended(register: Uint8Array): Uint8Array {
  const sequence = new Uint8Array(STRETCH);
  sequence.set(register);
  for (let i = REGISTER; i < STRETCH; i++) {
    const from = i - REGISTER;
    sequence[i] = sequence[from + 62] ^ sequence[from + 51] ^ sequence[from + 38] ^ sequence[from + 23] ^ sequence[from + 13] ^ sequence[from];
  }
  return sequence;
}

/** Most significant bit first. */
function bits(value: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => Math.floor(value / 2 ** (count - 1 - i)) % 2);
}
