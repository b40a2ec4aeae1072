/** A row of data inside a circuit: its pixels, each held to eight bits, and the leaf that commits to them. */
import type { ConstraintSystem } from './constraint-system.ts';
import { bitsGadget } from './bits-gadget.ts';
import { poseidonGadget } from './poseidon-gadget.ts';
import { constant, weighted, type Signal } from './signal.ts';

/** 8-bit values in a 248-bit word; none straddles two words. */
const PIXELS_A_WORD = 31;
/** Words in one link of the chain of Poseidon(16). */
const WORDS_A_LINK = 15;
const PIXEL_BITS = 8;
const PIXEL = { role: 'pixel-bit', bit: 'pixel-bit', sum: 'pixel-sum' } as const;

/** Nine constraints a pixel. Without them a packed word would be no commitment: other pixels could add up to it. */
export function pixelsGadget(system: ConstraintSystem, row: ArrayLike<number>): Signal[] {
  return Array.from(row, (value) => {
    const pixel = system.private('pixel', BigInt(value));
    bitsGadget(system, pixel, PIXEL_BITS, PIXEL);
    return pixel;
  });
}

/** As `rowLeaf(salt, packRow(row, 8))` outside the circuit. */
export function rowLeafGadget(system: ConstraintSystem, salt: bigint, pixels: readonly Signal[]): Signal {
  const words = runs(pixels, PIXELS_A_WORD).map(packed);
  return runs(words, WORDS_A_LINK).reduce<Signal>(
    (state, link) => {
      const padding = Array.from({ length: WORDS_A_LINK - link.length }, () => constant(0n));
      return poseidonGadget(system, [state, ...link, ...padding]);
    },
    system.private('salt', salt),
  );
}

/** Little-endian: the first pixel lowest. */
function packed(pixels: readonly Signal[]): Signal {
  return weighted(pixels.map((pixel, i) => [1n << BigInt(PIXEL_BITS * i), pixel]));
}

function runs(signals: readonly Signal[], length: number): Signal[][] {
  return Array.from({ length: Math.ceil(signals.length / length) }, (_, i) => signals.slice(i * length, (i + 1) * length));
}
