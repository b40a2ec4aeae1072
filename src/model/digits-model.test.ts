import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { heldOutDigits, trainingDigits } from '../../fixtures/digits.ts';
import { integerGraph } from './integer-graph.ts';
import { EXACT, magnitude } from './interval.ts';
import { modelHead } from './model-head.ts';
import { argMax, runGraph } from './run-graph.ts';

const onnx = new Uint8Array(readFileSync(new URL('../../fixtures/models/digits.onnx', import.meta.url)));

describe('the digits model', () => {
  it('is small enough to be sent to a tab', () => {
    expect(onnx.length).toBeLessThan(200_000);
  });

  it('reads at least 96.5 % of the digits it never saw, in exact integers', () => {
    const graph = integerGraph(onnx);
    if (!graph.ok) throw new Error(graph.failure.detail);
    const digits = heldOutDigits();
    const right = digits.filter(({ pixels, label }) => argMax(runGraph(graph.value, pixels).at(-1)!) === label);
    expect(digits.length).toBeGreaterThan(1400);
    expect(right.length / digits.length).toBeGreaterThanOrEqual(0.965);
  });

  it('stays within exact single precision on every wire', () => {
    const graph = integerGraph(onnx);
    if (!graph.ok) throw new Error(graph.failure.detail);
    for (const wire of graph.value.bounds.flat()) expect(magnitude(wire)).toBeLessThan(EXACT);
  });

  it('is named by a head that says what goes in and what comes out', () => {
    expect(modelHead(onnx)).toMatchObject({
      ok: true,
      value: { inputs: [{ name: 'pixels', shape: [784], bits: 8, signed: false }], outputs: [{ name: 'logits', shape: [10], signed: true }] },
    });
  });
});

describe('the digits', () => {
  it('are split without overlap', () => {
    const text = (pixels: Uint8Array): string => Buffer.from(pixels).toString('latin1');
    const learned = new Set(trainingDigits().map(({ pixels }) => text(pixels)));
    expect(heldOutDigits().filter(({ pixels }) => learned.has(text(pixels)))).toEqual([]);
  });
});
