/** The ONNX executor: the first engine of those offered that is present and exact on this device runs the model. */
import { integerGraph, type IntegerGraph } from '../model/integer-graph.ts';
import { argMax } from '../model/run-graph.ts';
import { fail, ok, type Result } from '../protocol/result.ts';
import { sha256 } from '../protocol/sha256.ts';
import { isExact } from './engine-self-test.ts';
import type { Engine, Session } from './engine.ts';
import { exactOutputs } from './exact-outputs.ts';
import type { Execution, ExecutionFailure, ExecutionProgress, ExecutionRequest, Executor } from './executor.ts';
import { openRows } from './open-rows.ts';

interface OpenEngine {
  readonly engine: Engine;
  readonly session: Session;
}

/** @param engines in order of preference */
export function createOnnxExecutor(engines: readonly Engine[]): Executor {
  let kept: { readonly model: string; readonly graph: IntegerGraph; readonly opened: OpenEngine } | null = null;

  /** The session of the last model stays open: a volunteer's next unit usually asks for the same one. */
  async function prepared(
    onnx: Uint8Array<ArrayBuffer>,
  ): Promise<Result<{ readonly graph: IntegerGraph; readonly opened: OpenEngine }, ExecutionFailure>> {
    const model = sha256(onnx);
    if (kept?.model === model) return ok(kept);
    await kept?.opened.session.close();
    kept = null;
    const graph = integerGraph(onnx);
    if (!graph.ok) return fail({ kind: 'model-unsupported', detail: graph.failure.detail });
    const opened = await firstExact(engines, onnx, graph.value);
    if (!opened) return fail({ kind: 'runtime', detail: 'no engine of this device computes the model exactly' });
    kept = { model, graph: graph.value, opened };
    return ok(kept);
  }

  async function execute(
    request: ExecutionRequest,
    onProgress?: (progress: ExecutionProgress) => void,
  ): Promise<Result<Execution, ExecutionFailure>> {
    const rows = await openRows(request);
    if (!rows.ok) return rows;
    onProgress?.({ step: 'open', done: 1, of: 1 });
    const { rowCount, width, salts } = rows.value;
    const ready = await prepared(request.onnx);
    if (!ready.ok) return ready;
    const { graph, opened } = ready.value;
    if (graph.inputs !== width) return fail({ kind: 'wrong-data', detail: 'length' });
    const outputs = exactOutputs(await opened.session.run(rows.value.rows, rowCount));
    if (outputs?.length !== rowCount * graph.outputs) return fail({ kind: 'runtime', detail: 'the engine gave something other than whole numbers' });
    onProgress?.({ step: 'read', done: rowCount, of: rowCount });
    const answers = Array.from({ length: rowCount }, (_, row) => argMax(outputs.subarray(row * graph.outputs, (row + 1) * graph.outputs)));
    return ok({ rows: rows.value.rows, rowCount, salts, outputs, answers, engine: opened.engine.name, threads: opened.engine.threads });
  }

  return {
    async execute(request, onProgress) {
      try {
        return await execute(request, onProgress);
      } catch (error) {
        kept = null;
        return fail({ kind: 'runtime', detail: error instanceof Error ? error.message : String(error) });
      }
    },
  };
}

/** An engine that fails to open, throws in its self-test or is inexact is passed over. */
export async function firstExact(engines: readonly Engine[], onnx: Uint8Array<ArrayBuffer>, graph: IntegerGraph): Promise<OpenEngine | null> {
  for (const engine of engines) {
    try {
      const session = await engine.open(onnx);
      if (!session) continue;
      if (await isExact(session, graph)) return { engine, session };
      await session.close();
    } catch {
      continue;
    }
  }
  return null;
}
