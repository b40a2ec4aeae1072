/** The model on a graphics adapter (here SwiftShader, in software): the same integers, and a tab that prefers it is paid for them. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { REPOSITORY } from '../../devnet/app-build.ts';
import { SHARD_ROWS } from '../../devnet/digit-rows.ts';
import { heldOutDigits, trainingDigits } from '../../fixtures/digits.ts';
import type * as engines from '../../src/execution/onnx-engines.ts';
import { integerGraph } from '../../src/model/integer-graph.ts';
import { runGraph } from '../../src/model/run-graph.ts';
import { SOFTWARE_WEBGPU } from '../fixtures/chromium.ts';
import { startSourceHost } from '../fixtures/source-host.ts';
import { expect, test } from '../fixtures/journey.ts';

test.use({ chromiumArgs: SOFTWARE_WEBGPU });

/** A unit's rows come four at a time, and ONNX Runtime picks other shaders for few rows than for many. */
const batches = [
  { batch: 500, images: 10_000 },
  { batch: SHARD_ROWS, images: 400 },
];

for (const { batch, images } of batches)
  test(`WebGPU gives the integers of the graph for ${images} of the images that are shipped, ${batch} at a time`, async ({ chromium }) => {
    const onnx = new Uint8Array(await readFile(path.join(REPOSITORY, 'fixtures/models/digits.onnx')));
    const graph = integerGraph(onnx);
    if (!graph.ok) throw new Error(graph.failure.detail);
    const digits = [...heldOutDigits(), ...trainingDigits()].slice(0, images).map(({ pixels }) => pixels);
    const host = await startSourceHost();
    const context = await chromium.newContext();
    const page = await context.newPage();
    await page.route('**/onnx', (route) => route.fulfill({ body: Buffer.from(onnx) }));
    await page.route('**/digits', (route) => route.fulfill({ body: Buffer.concat(digits) }));
    await page.goto(host.url);
    const outputs = await page.evaluate(runOnWebGpu, { batch, width: graph.value.inputs });
    await context.close();
    await host.stop();

    const differing = digits.flatMap((pixels, i) => {
      const expected = [...(runGraph(graph.value, pixels).at(-1) ?? [])];
      const got = outputs.slice(i * graph.value.outputs, (i + 1) * graph.value.outputs);
      return expected.every((value, output) => value === got[output]) && got.length === expected.length ? [] : [i];
    });
    expect(digits).toHaveLength(images);
    expect(differing).toEqual([]);
  });

/** Runs in the page, on the very source that the inference worker is built from. */
async function runOnWebGpu({ batch, width }: { readonly batch: number; readonly width: number }): Promise<readonly number[]> {
  const source = '/src/execution/onnx-engines.ts';
  const { webGpuEngine } = (await import(source)) as Pick<typeof engines, 'webGpuEngine'>;
  const bytesAt = async (name: string) => new Uint8Array(await (await fetch(name)).arrayBuffer());
  const [onnx, digits] = await Promise.all([bytesAt('/onnx'), bytesAt('/digits')]);
  const session = await webGpuEngine().open(onnx);
  if (session === null) throw new Error('this browser has no WebGPU adapter');
  const outputs: number[] = [];
  for (let start = 0; start < digits.length; start += batch * width) {
    const rows = digits.subarray(start, start + batch * width);
    outputs.push(...(await session.run(rows, rows.length / width)));
  }
  return outputs;
}

test('a tab with an adapter runs the model on it, and is paid', async ({ volunteer }) => {
  await volunteer.contributes();
  await volunteer.reaches('prove');
  await volunteer.sees(/WebGPU, 1 thread/);
  await volunteer.isPaid();
});
