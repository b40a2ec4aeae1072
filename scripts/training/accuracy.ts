/** The share of digits that a model reads right, by exact integer arithmetic. */
import type { Digit } from '../../fixtures/digits.ts';
import { integerGraph } from '../../src/model/integer-graph.ts';
import { argMax, runGraph } from '../../src/model/run-graph.ts';

export function accuracyOf(onnx: Uint8Array, digits: readonly Digit[]): number {
  const graph = integerGraph(onnx);
  if (!graph.ok) throw new Error(graph.failure.detail);
  const right = digits.filter(({ pixels, label }) => argMax(runGraph(graph.value, pixels).at(-1)!) === label);
  return right.length / digits.length;
}
