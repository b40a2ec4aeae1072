/** The start-up self-test: an engine is used only if, on this very device, it gives the integers that the oracle gives. */
import { integerGraph, type IntegerGraph } from '../model/integer-graph.ts';
import { runGraph } from '../model/run-graph.ts';
import { exactOutputs } from './exact-outputs.ts';
import type { Engine, Session } from './engine.ts';

/** Edge rows (all dark, all bright, alternating) and rows from a fixed generator. */
const GENERATED = 5;

/** Rows × width values of 0 to 255, the same on every device. */
export function selfTestRows(width: number): { readonly rows: Uint8Array<ArrayBuffer>; readonly rowCount: number } {
  let state = 0x9e3779b9;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 24;
  const edges: ((column: number) => number)[] = [() => 0, () => 255, (column) => (column % 2) * 255];
  const makers = [...edges, ...Array.from({ length: GENERATED }, () => next)];
  const rows = new Uint8Array(makers.length * width);
  makers.forEach((make, row) => {
    for (let column = 0; column < width; column++) rows[row * width + column] = make(column);
  });
  return { rows, rowCount: makers.length };
}

/** Whether the engine agrees with the oracle to the last integer on the self-test's rows. */
export async function isExact(session: Session, graph: IntegerGraph): Promise<boolean> {
  const { rows, rowCount } = selfTestRows(graph.inputs);
  const outputs = exactOutputs(await session.run(rows, rowCount));
  if (outputs?.length !== rowCount * graph.outputs) return false;
  return Array.from({ length: rowCount }, (_, row) => row).every((row) => {
    const expected = runGraph(graph, rows.subarray(row * graph.inputs, (row + 1) * graph.inputs)).at(-1);
    return expected?.every((value, i) => value === outputs[row * graph.outputs + i]) === true;
  });
}

/** What an engine does with a model on this device, for whoever wants to know before any work is claimed. */
export async function selfTest(engine: Engine, onnx: Uint8Array<ArrayBuffer>): Promise<'exact' | 'inexact' | 'absent' | 'model-unsupported'> {
  const graph = integerGraph(onnx);
  if (!graph.ok) return 'model-unsupported';
  const session = await engine.open(onnx);
  if (!session) return 'absent';
  const exact = await isExact(session, graph.value);
  await session.close();
  return exact ? 'exact' : 'inexact';
}
