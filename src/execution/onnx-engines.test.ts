import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { heldOutDigits, PIXELS, trainingDigits } from '../../fixtures/digits.ts';
import { integerGraph } from '../model/integer-graph.ts';
import { runGraph } from '../model/run-graph.ts';
import { checkedRun } from './checked-run.ts';
import type { Session } from './engine.ts';
import { exactOutputs } from './exact-outputs.ts';
import { wasmEngine } from './onnx-engines.ts';
import { selfTestRows } from './self-test-rows.ts';

const onnx = new Uint8Array(readFileSync(new URL('../../fixtures/models/digits.onnx', import.meta.url)));
const read = integerGraph(onnx);
if (!read.ok) throw new Error(read.failure.detail);
const graph = read.value;

async function opened(): Promise<Session> {
  const session = await wasmEngine().open(onnx);
  if (!session) throw new Error('WebAssembly is everywhere');
  return session;
}

describe('ONNX Runtime on WebAssembly', () => {
  it('gives the integers of the graph for every image that is shipped', async () => {
    const session = await opened();
    const digits = [...trainingDigits(), ...heldOutDigits()];
    expect(digits).toHaveLength(10_000);
    const batch = 500;
    const differing: number[] = [];
    for (let start = 0; start < digits.length; start += batch) {
      const some = digits.slice(start, start + batch);
      const rows = new Uint8Array(some.length * PIXELS);
      some.forEach(({ pixels }, i) => rows.set(pixels, i * PIXELS));
      const outputs = exactOutputs(await session.run(rows, some.length));
      some.forEach(({ pixels }, i) => {
        const expected = runGraph(graph, pixels).at(-1);
        const got = outputs?.subarray(i * graph.outputs, (i + 1) * graph.outputs);
        if (String(got) !== String(expected)) differing.push(start + i);
      });
    }
    expect(differing).toEqual([]);
    await session.close();
  });

  it('passes its self-test', async () => {
    const session = await opened();
    expect(await checkedRun(session, graph, selfTestRows(graph.inputs))).toMatchObject({ ok: true });
    await session.close();
  });
});

describe('outputs of a runtime', () => {
  it('are refused where single precision is no longer exact', () => {
    expect(exactOutputs(Float32Array.of(1, -(2 ** 24 - 1)))).toEqual(Int32Array.of(1, -(2 ** 24 - 1)));
    expect(exactOutputs(Float32Array.of(2 ** 24))).toBeNull();
    expect(exactOutputs(Float32Array.of(0.5))).toBeNull();
    expect(exactOutputs(Float32Array.of(Number.NaN))).toBeNull();
  });
});
