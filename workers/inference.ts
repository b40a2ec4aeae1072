/** The inference thread: opens sealed shards and runs models, WebGPU first where it proves exact. */
import { expose, transfer } from 'comlink';
import type { Executor } from '../src/execution/executor.ts';
import { createOnnxExecutor } from '../src/execution/onnx-executor.ts';
import { wasmEngine, webGpuEngine } from '../src/execution/onnx-engines.ts';

const executor = createOnnxExecutor([webGpuEngine(), wasmEngine()]);

/** Rows, salts and outputs are moved out of this thread: it keeps none of them once the page has its answer. */
const execute: Executor['execute'] = async (request, onProgress) => {
  const executed = await executor.execute(request, onProgress);
  if (!executed.ok) return executed;
  const { rows, salts, outputs } = executed.value;
  return transfer(executed, [rows.buffer, salts.buffer, outputs.buffer]);
};

// ONNX Runtime loads this very bundle again for its own threads: those must not answer calls.
if (!self.name.startsWith('em-pthread')) expose({ execute });
