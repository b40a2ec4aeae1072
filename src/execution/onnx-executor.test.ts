import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { integerGraph } from '../model/integer-graph.ts';
import type { Engine, Session } from './engine.ts';
import { executorSuite } from './executor-suite.ts';
import { wasmEngine, webGpuEngine } from './onnx-engines.ts';
import { createOnnxExecutor, firstExact } from './onnx-executor.ts';

executorSuite('the ONNX executor on WebAssembly', 'wasm', () => createOnnxExecutor([webGpuEngine(), wasmEngine()]));

const onnx = new Uint8Array(readFileSync(new URL('../../fixtures/models/digits.onnx', import.meta.url)));

/** A graphics processor whose sums come out one too high now and then. */
function inexactEngine(closed: string[]): Engine {
  const honest = wasmEngine();
  return {
    name: 'webgpu',
    threads: 1,
    async open(model) {
      const session = await honest.open(model);
      const run: Session['run'] = async (rows, count) =>
        ((await session?.run(rows, count)) ?? new Float32Array()).map((value, i) => (i === 7 ? value + 1 : value));
      return { run, close: async () => void closed.push('webgpu') };
    },
  };
}

describe('the choice of an engine', () => {
  it('passes over one that is absent, one that crashes and one that is inexact', async () => {
    const graph = integerGraph(onnx);
    if (!graph.ok) throw new Error(graph.failure.detail);
    const closed: string[] = [];
    const absent: Engine = { name: 'webgpu', threads: 1, open: async () => null };
    const crashing: Engine = { name: 'webgpu', threads: 1, open: () => Promise.reject(new Error('device lost')) };
    const chosen = await firstExact([absent, crashing, inexactEngine(closed), wasmEngine()], onnx, graph.value);
    expect(chosen?.engine.name).toBe('wasm');
    expect(closed).toEqual(['webgpu']);
    expect(await firstExact([absent, inexactEngine(closed)], onnx, graph.value)).toBeNull();
  });
});
