/** The inference thread: opens sealed shards and runs models, WebGPU first where it proves exact. */
import { expose } from 'comlink';
import { createOnnxExecutor } from '../src/execution/onnx-executor.ts';
import { wasmEngine, webGpuEngine } from '../src/execution/onnx-engines.ts';

// ONNX Runtime loads this very bundle again for its own threads: those must not answer calls.
if (!self.name.startsWith('em-pthread')) expose(createOnnxExecutor([webGpuEngine(), wasmEngine()]));
