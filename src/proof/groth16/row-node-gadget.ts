/** The node over an aligned run of leaves, as `nodeOver` outside the circuit. */
import type { ConstraintSystem } from './constraint-system.ts';
import { poseidonGadget } from './poseidon-gadget.ts';
import type { Signal } from './signal.ts';

/** @throws RangeError unless the leaves are a power of two */
export function rowNodeGadget(system: ConstraintSystem, leaves: readonly Signal[]): Signal {
  if (!Number.isInteger(Math.log2(leaves.length))) throw new RangeError(`${leaves.length} leaves are not a power of two`);
  let level = leaves;
  while (level.length > 1) {
    const below = level;
    level = Array.from({ length: below.length / 2 }, (_, i) => poseidonGadget(system, [below[2 * i], below[2 * i + 1]]));
  }
  return level[0];
}
