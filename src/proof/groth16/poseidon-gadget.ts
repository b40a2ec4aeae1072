/** The Poseidon hash inside a circuit: three constraints an S-box, everything between them linear. */
import { SCALAR_ORDER } from '../../protocol/field.ts';
import type { ConstraintSystem } from './constraint-system.ts';
import { poseidonPlan, type Combination } from './poseidon-plan.ts';
import { constant, weighted, type Signal } from './signal.ts';

/**
 * @param inputs 1 to 16 signals
 * @returns what `poseidon` of their values is: 243 constraints for two inputs, 612 for sixteen
 */
export function poseidonGadget(system: ConstraintSystem, inputs: readonly Signal[]): Signal {
  const plan = poseidonPlan(inputs.length + 1);
  const outputs = [constant(0n), ...inputs].map((element, i) => fifthPower(system, weighted([[1n, element]], plan.firstConstants[i])));
  for (const input of plan.laterInputs) outputs.push(fifthPower(system, combined(input, outputs)));
  return combined(plan.output, outputs);
}

function fifthPower(system: ConstraintSystem, x: Signal): Signal {
  const square = system.private('square', (x.value * x.value) % SCALAR_ORDER);
  system.enforce('poseidon-square', x, x, square);
  const fourth = system.private('fourth', (square.value * square.value) % SCALAR_ORDER);
  system.enforce('poseidon-fourth', square, square, fourth);
  const fifth = system.private('fifth', (fourth.value * x.value) % SCALAR_ORDER);
  system.enforce('poseidon-fifth', fourth, x, fifth);
  return fifth;
}

function combined({ constant: plus, boxes, factors }: Combination, outputs: readonly Signal[]): Signal {
  return weighted(
    boxes.map((box, i) => [factors[i], outputs[box]]),
    plus,
  );
}
