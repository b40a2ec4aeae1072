/** ONNX Runtime's two engines for the web. Each is loaded when it is first used: the WebGPU build alone is 27 MB. */
import type { InferenceSession, Tensor } from 'onnxruntime-web';
import type { Engine, Session } from './engine.ts';

/** What both builds of the runtime offer. */
interface Runtime {
  readonly env: { wasm: { numThreads?: number } };
  readonly InferenceSession: { create(model: Uint8Array, options: InferenceSession.SessionOptions): Promise<InferenceSession> };
  readonly Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => Tensor;
}

/** More threads do not help a model of this size, and a volunteer's machine has other work. */
const MAX_THREADS = 4;

/** Every processor type. Threads need shared memory, hence cross-origin isolation; without it there is one. */
export function wasmEngine(): Engine {
  const isolated = (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated === true;
  const threads = isolated ? Math.min(MAX_THREADS, navigator.hardwareConcurrency) : 1;
  return {
    name: 'wasm',
    threads,
    async open(onnx) {
      const runtime = (await import('onnxruntime-web/wasm')) as unknown as Runtime;
      runtime.env.wasm.numThreads = threads;
      return session(runtime, onnx, 'wasm');
    },
  };
}

/** Where the browser has an adapter. Exactness is for the self-test to say. */
export function webGpuEngine(): Engine {
  return {
    name: 'webgpu',
    threads: 1,
    async open(onnx) {
      if (!(await hasAdapter())) return null;
      const runtime = (await import('onnxruntime-web/webgpu')) as unknown as Runtime;
      runtime.env.wasm.numThreads = 1;
      return session(runtime, onnx, 'webgpu');
    },
  };
}

async function hasAdapter(): Promise<boolean> {
  const { gpu } = navigator as { gpu?: { requestAdapter(): Promise<object | null> } };
  return gpu !== undefined && (await gpu.requestAdapter()) !== null;
}

async function session(runtime: Runtime, onnx: Uint8Array<ArrayBuffer>, provider: 'wasm' | 'webgpu'): Promise<Session> {
  const inference = await runtime.InferenceSession.create(onnx, { executionProviders: [provider], graphOptimizationLevel: 'all' });
  const [input = ''] = inference.inputNames;
  const [output = ''] = inference.outputNames;
  return {
    async run(rows, rowCount) {
      const pixels = new runtime.Tensor('float32', Float32Array.from(rows), [rowCount, rows.length / rowCount]);
      const results = await inference.run({ [input]: pixels });
      const data: unknown = await results[output]?.getData();
      if (!(data instanceof Float32Array)) throw new TypeError('the runtime gave no float output');
      return data;
    },
    close: () => inference.release(),
  };
}
