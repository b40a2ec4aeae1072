/** The integer oracle as an executor: slow, exact, and the measure of every other one. */
import { integerGraph } from '../model/integer-graph.ts';
import { argMax, runGraph } from '../model/run-graph.ts';
import { fail, ok, type Result } from '../protocol/result.ts';
import type { Execution, ExecutionFailure, ExecutionProgress, ExecutionRequest, Executor } from './executor.ts';
import { openRows } from './open-rows.ts';

export function createReferenceExecutor(): Executor {
  return { execute };
}

async function execute(request: ExecutionRequest, onProgress?: (progress: ExecutionProgress) => void): Promise<Result<Execution, ExecutionFailure>> {
  const opened = await openRows(request);
  if (!opened.ok) return opened;
  const { rows, rowCount, width, salts } = opened.value;
  onProgress?.({ step: 'open', done: 1, of: 1 });
  const graph = integerGraph(request.onnx);
  if (!graph.ok) return fail({ kind: 'model-unsupported', detail: graph.failure.detail });
  if (graph.value.inputs !== width) return fail({ kind: 'wrong-data', detail: 'length' });
  const outputs = new Int32Array(rowCount * graph.value.outputs);
  const answers: number[] = [];
  for (let row = 0; row < rowCount; row++) {
    const logits = runGraph(graph.value, rows.subarray(row * width, (row + 1) * width)).at(-1) ?? new Int32Array();
    outputs.set(logits, row * graph.value.outputs);
    answers.push(argMax(logits));
    onProgress?.({ step: 'read', done: row + 1, of: rowCount });
  }
  return ok({ rows, rowCount, salts, outputs, answers, engine: 'reference', threads: 1 });
}
