/** A page that offers the WebGPU engine to a browser test, row after row, without a job around it. */
import { webGpuEngine } from '../../src/execution/onnx-engines.ts';

declare global {
  interface Window {
    /** rows × 784 values in, rows × 10 floats out, a batch at a time. */
    runOnWebGpu(onnx: Uint8Array<ArrayBuffer>, rows: Uint8Array<ArrayBuffer>): Promise<number[]>;
  }
}

const WIDTH = 784;
const BATCH = 1000;

window.runOnWebGpu = async (onnx, rows) => {
  const session = await webGpuEngine().open(onnx);
  if (!session) throw new Error('this browser offers no WebGPU adapter');
  const outputs: number[] = [];
  for (let start = 0; start < rows.length; start += BATCH * WIDTH) {
    const batch = rows.subarray(start, start + BATCH * WIDTH);
    outputs.push(...(await session.run(batch, batch.length / WIDTH)));
  }
  await session.close();
  return outputs;
};
