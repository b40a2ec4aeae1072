import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Hex } from '../../protocol/bytes.ts';
import { fromHex32, SCALAR_ORDER } from '../../protocol/field.ts';
import { poseidon } from '../../protocol/poseidon.ts';
import { ConstraintRecorder } from './constraint-recorder.ts';
import { poseidonGadget } from './poseidon-gadget.ts';
import { poseidonParameters } from '../../protocol/poseidon-parameters.ts';
import { constant } from './signal.ts';
import { WitnessBuilder } from './witness-builder.ts';

const file = new URL('../../../fixtures/vectors/poseidon.json', import.meta.url);
const vectors = JSON.parse(readFileSync(file, 'utf8')) as { readonly inputs: readonly Hex[]; readonly hash: Hex }[];

describe('Poseidon in a circuit', () => {
  it.each(vectors)('agrees with the vector of $inputs.length values', ({ inputs, hash }) => {
    const signals = inputs.map((input) => constant(fromHex32(input)));
    expect(poseidonGadget(new WitnessBuilder(), signals).value).toBe(fromHex32(hash));
  });

  it.each(Array.from({ length: 16 }, (_, i) => i + 1))('hashes %i values as the library does', (arity) => {
    const values = Array.from({ length: arity }, (_, i) => (7n ** BigInt(40 * (i + 1)) + BigInt(arity)) % SCALAR_ORDER);
    expect(poseidonGadget(new WitnessBuilder(), values.map(constant)).value).toBe(poseidon(values));
    expect(
      poseidonGadget(
        new WitnessBuilder(),
        values.map(() => constant(0n)),
      ).value,
    ).toBe(poseidon(values.map(() => 0n)));
  });

  it('costs three constraints an S-box', () => {
    const cost = (arity: number): number => {
      const recorder = new ConstraintRecorder();
      poseidonGadget(
        recorder,
        Array.from({ length: arity }, () => constant(0n)),
      );
      return recorder.relation().constraints;
    };
    expect([cost(2), cost(16)]).toEqual([3 * (8 * 3 + 57), 3 * (8 * 17 + 68)]);
  });

  it('has no parameters for other widths', () => {
    expect(() => poseidonParameters(18)).toThrow(RangeError);
    expect(() => poseidonParameters(1)).toThrow(RangeError);
  });
});
