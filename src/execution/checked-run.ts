/** A run of an engine that is believed only where it gives the oracle's integers. The oracle costs little beside the proof that a wrong one would waste. */
import type { IntegerGraph } from '../model/integer-graph.ts';
import { runGraph } from '../model/run-graph.ts';
import { fail, ok, type Result } from '../protocol/result.ts';
import type { Session } from './engine.ts';
import { exactOutputs } from './exact-outputs.ts';

/** Rows for an engine: rowCount × width, 0 to 255. */
export interface Batch {
  readonly rows: Uint8Array;
  readonly rowCount: number;
}

export type RunFailure = { readonly kind: 'inexact' } | { readonly kind: 'broken'; readonly detail: string };

export async function checkedRun(
  session: Session,
  graph: IntegerGraph,
  { rows, rowCount }: Batch,
): Promise<Result<Int32Array<ArrayBuffer>, RunFailure>> {
  let given: Float32Array;
  try {
    given = await session.run(rows, rowCount);
  } catch (thrown) {
    return fail({ kind: 'broken', detail: thrown instanceof Error ? thrown.message : String(thrown) });
  }
  const outputs = exactOutputs(given);
  if (outputs?.length !== rowCount * graph.outputs) return fail({ kind: 'inexact' });
  for (let row = 0; row < rowCount; row++) {
    const expected = runGraph(graph, rows.subarray(row * graph.inputs, (row + 1) * graph.inputs)).at(-1);
    if (!expected?.every((value, i) => value === outputs[row * graph.outputs + i])) return fail({ kind: 'inexact' });
  }
  return ok(outputs);
}
