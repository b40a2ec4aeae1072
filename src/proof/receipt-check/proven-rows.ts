/** How many rows a circuit reads for one unit: told by its meter and its model, which its id fixes, and by no head. */
import type { Material } from '../../protocol/receipt.ts';

/** Where the meter counts the bytes of the rows that go in. */
const BYTES_IN = 3;

/**
 * Not a whole number where meter and model do not go together.
 * @param material its model head must be the one that the circuit names
 */
export function provenRows({ circuit, model }: Pick<Material, 'circuit' | 'model'>): number {
  const rowBits = model.inputs.reduce((sum, { shape, bits }) => sum + shape.reduce((product, extent) => product * extent, bits), 0);
  return (8 * circuit.meter[BYTES_IN]) / rowBits;
}
