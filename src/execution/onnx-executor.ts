/** The ONNX executor: opens the rows, and runs the model on an engine of this device that computes it exactly. */
import { integerGraph } from '../model/integer-graph.ts';
import { argMax } from '../model/run-graph.ts';
import { fail, ok, type Result } from '../protocol/result.ts';
import { sha256 } from '../protocol/sha256.ts';
import { EngineChoice, type ReadModel } from './engine-choice.ts';
import type { Engine } from './engine.ts';
import type { Execution, ExecutionFailure, ExecutionProgress, ExecutionRequest, Executor } from './executor.ts';
import { openRows } from './open-rows.ts';

/** @param engines in order of preference */
export function createOnnxExecutor(engines: readonly Engine[]): Executor {
  const choice = new EngineChoice(engines);
  let last: ReadModel | null = null;

  function read(onnx: Uint8Array<ArrayBuffer>): Result<ReadModel, ExecutionFailure> {
    const id = sha256(onnx);
    if (last?.id === id) return ok(last);
    const graph = integerGraph(onnx);
    if (!graph.ok) return fail({ kind: 'model-unsupported', detail: graph.failure.detail });
    last = { id, onnx, graph: graph.value };
    return ok(last);
  }

  async function execute(
    request: ExecutionRequest,
    onProgress?: (progress: ExecutionProgress) => void,
  ): Promise<Result<Execution, ExecutionFailure>> {
    const opened = await openRows(request);
    if (!opened.ok) return opened;
    onProgress?.({ step: 'open', done: 1, of: 1 });
    const { rows, rowCount, width, salts } = opened.value;
    const model = read(request.onnx);
    if (!model.ok) return model;
    const { inputs, outputs: each } = model.value.graph;
    if (inputs !== width) return fail({ kind: 'wrong-data', detail: 'length' });
    const run = await choice.run(model.value, { rows, rowCount });
    if (!run.ok) return fail({ kind: 'runtime', detail: run.failure });
    onProgress?.({ step: 'read', done: rowCount, of: rowCount });
    const { engine, outputs } = run.value;
    const answers = Array.from({ length: rowCount }, (_, row) => argMax(outputs.subarray(row * each, (row + 1) * each)));
    return ok({ rows, rowCount, salts, outputs, answers, engine: engine.name, threads: engine.threads });
  }

  return { execute };
}
