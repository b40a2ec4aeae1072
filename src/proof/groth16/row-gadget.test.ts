import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Hex } from '../../protocol/bytes.ts';
import { fromHex32 } from '../../protocol/field.ts';
import { packRow, rowLeaf } from '../../protocol/row-leaf.ts';
import { ConstraintRecorder } from './constraint-recorder.ts';
import { enforceZero, type ConstraintSystem } from './constraint-system.ts';
import { brokenGuards } from './relation.ts';
import { pixelsGadget, rowLeafGadget } from './row-gadget.ts';
import { rowNodeGadget } from './row-node-gadget.ts';
import { difference } from './signal.ts';
import { WitnessBuilder } from './witness-builder.ts';

const file = new URL('../../../fixtures/vectors/rows.json', import.meta.url);
const vector = JSON.parse(readFileSync(file, 'utf8')) as { readonly salts: Hex[]; readonly words: Hex[]; readonly leaves: Hex[]; readonly node: Hex };
/** The vectors' rule. */
const rows = Array.from({ length: 4 }, (_, row) => Uint8Array.from({ length: 784 }, (_, i) => (i * 13 + row * 101) & 255));
const salts = vector.salts.map(fromHex32);
const node = fromHex32(vector.node);

/** Demands that the rows lie under the public node. */
function underNode(system: ConstraintSystem, claimed: bigint, of: readonly Uint8Array[]): readonly bigint[] {
  const root = system.public(claimed);
  const leaves = of.map((row, r) => rowLeafGadget(system, salts[r], pixelsGadget(system, row)));
  enforceZero(system, 'digest', difference(rowNodeGadget(system, leaves), root));
  return leaves.map(({ value }) => value);
}

describe('rows in the circuit', () => {
  it('become the leaves of the vectors: 26 words, the last of them padded, in two links', () => {
    expect(vector.words).toHaveLength(26);
    expect(packRow(rows[0], 8)).toEqual(vector.words.map(fromHex32));
    expect(underNode(new WitnessBuilder(), node, rows)).toEqual(vector.leaves.map(fromHex32));
  });

  it('lie under the node of the vectors, and under no other', () => {
    const recorder = new ConstraintRecorder();
    underNode(recorder, 0n, rows);
    const brokenBy = (claimed: bigint, of: readonly Uint8Array[]): string[] => {
      const builder = new WitnessBuilder();
      underNode(builder, claimed, of);
      return brokenGuards(recorder.relation(), builder.values);
    };
    expect(brokenBy(node, rows)).toEqual([]);
    expect(brokenBy(node + 1n, rows)).toEqual(['digest']);
    // The last pixel sits in the padded word of the second link.
    expect(brokenBy(node, [rows[0].with(783, rows[0][783] ^ 1), ...rows.slice(1)])).toEqual(['digest']);
  });

  it.each([1, 31, 32, 15 * 31, 15 * 31 + 1])('make the leaf that the protocol makes of %i values', (width) => {
    const row = Uint8Array.from({ length: width }, (_, i) => 255 - i);
    const system = new WitnessBuilder();
    expect(rowLeafGadget(system, 7n, pixelsGadget(system, row)).value).toBe(rowLeaf(7n, packRow(row, 8)));
  });
});
