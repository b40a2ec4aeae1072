import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { heldOutDigits } from '../../fixtures/digits.ts';
import { readOnnx } from '../model/onnx-reader.ts';
import { writeOnnx } from '../model/onnx-writer.ts';
import type { Engine, Session } from './engine.ts';
import { executorSuite } from './executor-suite.ts';
import { wasmEngine, webGpuEngine } from './onnx-engines.ts';
import { createOnnxExecutor } from './onnx-executor.ts';
import { createReferenceExecutor } from './reference-executor.ts';
import { STAGED_ROWS, stageRequest } from './staged-request.ts';

executorSuite('the ONNX executor on WebAssembly', 'wasm', () => createOnnxExecutor([webGpuEngine(), wasmEngine()]));

const onnx = new Uint8Array(readFileSync(new URL('../../fixtures/models/digits.onnx', import.meta.url)));
const rows = heldOutDigits()
  .slice(0, STAGED_ROWS)
  .map(({ pixels }) => pixels);
const unit = await stageRequest({ onnx, rows });
const truth = await createReferenceExecutor().execute(unit);
if (!truth.ok) throw new Error(truth.failure.kind);
const model = readOnnx(onnx);
if (!model.ok) throw new Error(model.failure.detail);
const sameModelInAnotherFile = writeOnnx({ ...model.value, graphName: 'another' });

/** What an engine makes of the outputs of a session's n-th run; run 0 is the self-test. */
type Acts = (outputs: Float32Array, run: number) => Float32Array;

const honest: Acts = (outputs) => outputs;
/** A graphics processor whose sums come out one too high now and then. */
const inexact: Acts = (outputs) => outputs.map((value, i) => (i === 7 ? value + 1 : value));
const broken: Acts = () => {
  throw new Error('device lost');
};
const onlyAtFirst =
  (acts: Acts): Acts =>
  (outputs, run) =>
    run === 0 ? acts(outputs, run) : outputs;
const later =
  (acts: Acts): Acts =>
  (outputs, run) =>
    run === 0 ? outputs : acts(outputs, run);

/** An engine of this device, played: how many sessions were opened, and how many still are. */
class PlayedEngine implements Engine {
  readonly name;
  readonly threads = 1;
  opened = 0;
  left = 0;
  #acts: Acts;

  constructor(name: Engine['name'], acts: Acts) {
    this.name = name;
    this.#acts = acts;
  }

  recover(): void {
    this.#acts = honest;
  }

  async open(model: Uint8Array<ArrayBuffer>): Promise<Session> {
    const session = await wasmEngine().open(model);
    if (session === null) throw new Error('WebAssembly is everywhere');
    let runs = 0;
    this.opened++;
    this.left++;
    return {
      run: async (batch, rowCount) => this.#acts(await session.run(batch, rowCount), runs++),
      close: async () => {
        this.left--;
        await session.close();
      },
    };
  }
}

const webGpu = (acts: Acts) => new PlayedEngine('webgpu', acts);
const wasm = (acts: Acts = honest) => new PlayedEngine('wasm', acts);
const right = (engine: Engine['name']) => ({ ...truth, value: { ...truth.value, engine } });

describe('the choice of an engine', () => {
  it('passes over one that is absent and one that cannot be opened', async () => {
    const absent: Engine = { name: 'webgpu', threads: 1, open: async () => null };
    const closed: Engine = { name: 'webgpu', threads: 1, open: () => Promise.reject(new Error('no adapter')) };
    expect(await createOnnxExecutor([absent, closed, wasm()]).execute(unit)).toEqual(right('wasm'));
    expect(await createOnnxExecutor([absent, closed]).execute(unit)).toEqual({
      ok: false,
      failure: { kind: 'runtime', detail: 'no engine of this device computes the model exactly (webgpu: no adapter)' },
    });
  });

  it.each([
    ['is wrong in one output', inexact],
    ['gives other than whole numbers', (outputs: Float32Array) => outputs.map((value) => value + 0.25)],
    ['gives an output too many', (outputs: Float32Array) => Float32Array.of(...outputs, 0)],
    ['breaks down', broken],
  ])('passes over one that %s, in its self-test or in a later run, and leaves none of its sessions open', async (_, acts) => {
    for (const acting of [onlyAtFirst(acts), later(acts)]) {
      const engines = [webGpu(acting), wasm()];
      expect(await createOnnxExecutor(engines).execute(unit)).toEqual(right('wasm'));
      expect(engines.map(({ left }) => left)).toEqual([0, 1]);
    }
  });

  it('leaves out for good an engine that failed after its self-test, for other models too', async () => {
    const engines = [webGpu((outputs, run) => (run === 2 ? inexact(outputs, run) : outputs)), wasm()];
    const executor = createOnnxExecutor(engines);
    expect(await executor.execute(unit)).toEqual(right('webgpu'));
    expect(await executor.execute(unit)).toEqual(right('wasm'));
    expect(await executor.execute({ ...unit, onnx: sameModelInAnotherFile })).toEqual(right('wasm'));
    expect(engines.map(({ opened }) => opened)).toEqual([1, 2]);
    expect(engines.map(({ left }) => left)).toEqual([0, 1]);
  });

  it('fails only when no engine is left, and then tries all of them for the next unit', async () => {
    const engines = [webGpu(later(inexact)), wasm(later(broken))];
    const executor = createOnnxExecutor(engines);
    expect(await executor.execute(unit)).toEqual({
      ok: false,
      failure: { kind: 'runtime', detail: 'no engine of this device computes the model exactly (webgpu: not exact; wasm: device lost)' },
    });
    expect(engines.map(({ left }) => left)).toEqual([0, 0]);
    engines.forEach((engine) => engine.recover());
    expect(await executor.execute(unit)).toEqual(right('webgpu'));
  });

  it('keeps the session of one model until another is asked for, and goes on where a session cannot be closed', async () => {
    const engine = wasm();
    const stubborn: Engine = {
      name: 'wasm',
      threads: 1,
      open: async (model) => ({ ...(await engine.open(model)), close: () => Promise.reject(new Error('device lost')) }),
    };
    for (const offered of [engine, stubborn]) {
      const executor = createOnnxExecutor([offered]);
      expect(await executor.execute(unit)).toEqual(right('wasm'));
      expect(await executor.execute(unit)).toEqual(right('wasm'));
      expect(await executor.execute({ ...unit, onnx: sameModelInAnotherFile })).toEqual(right('wasm'));
    }
    expect(engine.opened).toBe(4);
    // One that is in use, and the two that could not be closed.
    expect(engine.left).toBe(3);
  });
});
