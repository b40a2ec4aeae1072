/** An integer graph inside a circuit. A new operator is a gadget beside this file and a line here. */
import type { IntegerGraph } from '../../model/integer-graph.ts';
import type { Interval } from '../../model/interval.ts';
import type { ConstraintSystem } from './constraint-system.ts';
import { denseGadget } from './dense-gadget.ts';
import { requantiseGadget } from './requantise-gadget.ts';
import type { Signal } from './signal.ts';

/** @returns the model's outputs for one row, as signals that stand for signed integers */
export function modelGadget(system: ConstraintSystem, graph: IntegerGraph, row: readonly Signal[]): Signal[] {
  let bounds: readonly Interval[] = row.map(() => ({ low: 0, high: 2 ** graph.inputBits - 1 }));
  return graph.operators.reduce<Signal[]>(
    (values, operator, i) => {
      const outputs = operator.op === 'dense' ? denseGadget(operator, values) : requantiseGadget(system, operator, values, bounds);
      bounds = graph.bounds[i]!;
      return outputs;
    },
    [...row],
  );
}
