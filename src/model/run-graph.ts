/** Runs an integer graph on one row, exactly: the oracle that every engine and every circuit must agree with. */
import type { IntegerGraph } from './integer-graph.ts';
import { runOperator } from './operators/operator.ts';

/** `trace[i]` is what operator i gave; the last entry is the output. */
export type Trace = readonly Int32Array<ArrayBuffer>[];

/** @throws RangeError when the row has the wrong width or a value outside 0 to 255: rows are parsed before they get here. */
export function runGraph(graph: IntegerGraph, row: ArrayLike<number>): Trace {
  if (row.length !== graph.inputs) throw new RangeError(`a row has ${row.length} values where the model takes ${graph.inputs}`);
  let values = Int32Array.from(row);
  if (values.some((value, i) => value !== row[i] || value < 0 || value > 255)) throw new RangeError('a row holds a value outside 0 to 255');
  return graph.operators.map((operator) => (values = runOperator(operator, values)));
}

/**
 * The answer a classifier gives: the position of the largest output, the lowest one on ties.
 * @example
 * argMax([3, 9, 9]) // 1
 */
export function argMax(outputs: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < outputs.length; i++) if (outputs[i] > outputs[best]) best = i;
  return best;
}
