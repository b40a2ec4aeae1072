import * as reference from 'poseidon-lite';
import { expect, it } from 'vitest';
import { SCALAR_ORDER } from './field.ts';
import { poseidon } from './poseidon.ts';

const libraries: Readonly<Record<string, (inputs: bigint[]) => bigint>> = { ...reference };

it.each(Array.from({ length: 16 }, (_, i) => i + 1))('hashes %i values as an independent library does, at the edges of the field too', (arity) => {
  const library = libraries[`poseidon${arity}`];
  const spread = Array.from({ length: arity }, (_, i) => (7n ** BigInt(40 * (i + 1)) + BigInt(arity)) % SCALAR_ORDER);
  for (const inputs of [spread, spread.map(() => 0n), spread.map(() => SCALAR_ORDER - 1n), spread.map((_, i) => BigInt(i))])
    expect(poseidon(inputs)).toBe(library([...inputs]));
});

it('refuses other numbers of inputs, and values that are no field elements', () => {
  expect(() => poseidon([])).toThrow(RangeError);
  expect(() => poseidon(Array.from({ length: 17 }, () => 0n))).toThrow(RangeError);
  expect(() => poseidon([SCALAR_ORDER])).toThrow(RangeError);
  expect(() => poseidon([-1n])).toThrow(RangeError);
});
