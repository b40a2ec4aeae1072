import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { heldOutDigits } from '../../fixtures/digits.ts';
import { fail } from '../protocol/result.ts';
import { createGraphReader } from './graph-reader.ts';

const onnx = new Uint8Array(readFileSync(new URL('../../fixtures/models/digits.onnx', import.meta.url)));

it('reads rows as the executors do, one after another', async () => {
  const reader = createGraphReader();
  for (const { pixels, label } of heldOutDigits().slice(0, 5)) {
    const read = await reader.read(onnx, pixels);
    expect(read).toMatchObject({ ok: true, value: { answer: label } });
    expect(read.ok && read.value.outputs.length).toBe(10);
  }
});

it('refuses a row of another width, before anything is run', async () => {
  expect(await createGraphReader().read(onnx, new Uint8Array(783))).toEqual(fail({ kind: 'wrong-row', width: 784 }));
});

it('refuses what is no model, and a file beyond its cap without reading it', async () => {
  const row = new Uint8Array(784);
  expect(await createGraphReader().read(new Uint8Array([1]), row)).toMatchObject({ failure: { kind: 'model-unsupported' } });
  const huge = await createGraphReader().read(new Uint8Array(4 * 1024 * 1024 + 1), row);
  expect(huge).toEqual(fail({ kind: 'model-unsupported', detail: 'a file of more than 4194304 bytes' }));
});
