import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { heldOutDigits } from '../../fixtures/digits.ts';
import { integerGraph } from '../model/integer-graph.ts';
import { argMax, runGraph } from '../model/run-graph.ts';
import { howSure } from './how-sure.ts';
import { rasterise, SIDE, type Stroke } from './rasterise.ts';
import { SAMPLE_COUNT, sampleDrawing } from './sample-drawings.ts';

const read = integerGraph(new Uint8Array(readFileSync(new URL('../../fixtures/models/digits.onnx', import.meta.url))));
if (!read.ok) throw new Error(read.failure.detail);
const outputsOf = (pixels: Uint8Array) => runGraph(read.value, pixels).at(-1) ?? new Int32Array();

describe('a drawing as the model sees it', () => {
  const slash: Stroke[] = [
    [
      { x: 0.1, y: 0.1 },
      { x: 0.3, y: 0.5 },
    ],
  ];

  it('fills the middle 20 of 28 pixels, wherever and however large it was drawn', () => {
    const small = slash.map((stroke) => stroke.map(({ x, y }) => ({ x: 0.5 + x / 3, y: 0.2 + y / 3 })));
    const pixels = rasterise(slash);
    expect(rasterise(small)).toEqual(pixels);
    const rows = Array.from({ length: SIDE }, (_, y) => (pixels ?? new Uint8Array()).subarray(y * SIDE, (y + 1) * SIDE).some((value) => value > 0));
    expect([rows.indexOf(true), rows.lastIndexOf(true)]).toEqual([4, 23]);
  });

  it('keeps a dot a dot', () => {
    const inked = rasterise([[{ x: 0.2, y: 0.9 }]])?.filter((value) => value > 0).length ?? 0;
    expect(inked).toBeGreaterThan(3);
    expect(inked).toBeLessThan(20);
  });
});

it('reads each sample as the digit it shows', () => {
  const answers = Array.from({ length: SAMPLE_COUNT }, (_, i) => argMax(outputsOf(rasterise(sampleDrawing(i)) ?? new Uint8Array())));
  expect(answers).toEqual([7, 2, 6, 0, 4, 3, 8, 5, 9, 1]);
});

it('is as sure as it is often right on digits it never saw', () => {
  const digits = heldOutDigits();
  const found = digits.map(({ pixels, label }) => ({ outputs: outputsOf(pixels), label }));
  const right = found.filter(({ outputs, label }) => argMax(outputs) === label).length / digits.length;
  const sure = found.reduce((sum, { outputs }) => sum + Math.max(...howSure(outputs)), 0) / digits.length;
  expect(Math.abs(sure - right)).toBeLessThan(0.005);
});
