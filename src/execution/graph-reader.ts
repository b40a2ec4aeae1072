/** Reads rows by the integer graph itself: exact, and light enough to answer before a runtime of many megabytes has arrived. */
import { integerGraph, type IntegerGraph } from '../model/integer-graph.ts';
import { argMax, runGraph } from '../model/run-graph.ts';
import type { Hex } from '../protocol/bytes.ts';
import { fail, ok } from '../protocol/result.ts';
import { sha256 } from '../protocol/sha256.ts';
import type { RowReader } from './row-reader.ts';

/** A model file beyond this is not even parsed: its answer would not come while the pen is lifted. */
const MAX_MODEL_BYTES = 4 * 1024 * 1024;

export function createGraphReader(): RowReader {
  let last: { readonly id: Hex; readonly graph: IntegerGraph } | null = null;
  return {
    async read(onnx, row) {
      if (onnx.length > MAX_MODEL_BYTES) return fail({ kind: 'model-unsupported', detail: `a file of more than ${MAX_MODEL_BYTES} bytes` });
      const id = sha256(onnx);
      if (last?.id !== id) {
        const graph = integerGraph(onnx);
        if (!graph.ok) return fail({ kind: 'model-unsupported', detail: graph.failure.detail });
        last = { id, graph: graph.value };
      }
      if (row.length !== last.graph.inputs) return fail({ kind: 'wrong-row', width: last.graph.inputs });
      const outputs = runGraph(last.graph, row).at(-1) ?? new Int32Array();
      return ok({ outputs, answer: argMax(outputs) });
    },
  };
}
