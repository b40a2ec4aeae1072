import { expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { integerGraph } from '../model/integer-graph.ts';
import type { Engine } from './engine.ts';
import { executorSuite } from './executor-suite.ts';
import { createOnnxExecutor, firstExact } from './onnx-executor.ts';
import { wasmEngine, webGpuEngine } from './onnx-engines.ts';

executorSuite('the ONNX executor', () => createOnnxExecutor([webGpuEngine(), wasmEngine()]));

const onnx = new Uint8Array(readFileSync(new URL('../../fixtures/models/digits.onnx', import.meta.url)));
const wasm = wasmEngine();

/** An engine that computes as WebAssembly does, and then lets a value go wrong. */
function failing(spoil: (outputs: Float32Array) => Float32Array): Engine {
  return {
    name: 'webgpu',
    threads: 1,
    async open(model) {
      const session = await wasm.open(model);
      return session && { run: async (rows, count) => spoil(await session.run(rows, count)), close: () => session.close() };
    },
  };
}

it('passes over an engine that is inexact, missing or broken, and takes the next', async () => {
  const graph = integerGraph(onnx);
  if (!graph.ok) throw new Error(graph.failure.detail);
  const inexact = failing((outputs) => outputs.map((value, i) => (i === 0 ? value + 1 : value)));
  const short = failing((outputs) => outputs.subarray(1));
  const missing: Engine = { name: 'webgpu', threads: 1, open: () => Promise.resolve(null) };
  const broken: Engine = { name: 'webgpu', threads: 1, open: () => Promise.reject(new Error('no device')) };
  expect((await firstExact([inexact, short, missing, broken, wasm], onnx, graph.value))?.engine.name).toBe('wasm');
  expect(await firstExact([inexact, broken], onnx, graph.value)).toBeNull();
});
