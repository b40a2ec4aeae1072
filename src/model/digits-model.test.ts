import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { heldOutDigits, trainingDigits } from '../../fixtures/digits.ts';
import { integerGraph } from './integer-graph.ts';
import { modelHead } from './model-head.ts';
import { argMax, runGraph } from './run-graph.ts';

const onnx = new Uint8Array(readFileSync(new URL('../../fixtures/models/digits.onnx', import.meta.url)));

describe('the digits model', () => {
  it('is small enough to be sent to a tab', () => {
    expect(onnx.length).toBeLessThan(200_000);
  });

  it('reads 1469 of the 1513 digits it never saw, in exact integers: 97.09 %, as its training printed', () => {
    const graph = integerGraph(onnx);
    if (!graph.ok) throw new Error(graph.failure.detail);
    const digits = heldOutDigits();
    const right = digits.filter(({ pixels, label }) => argMax(runGraph(graph.value, pixels).at(-1)!) === label);
    expect({ digits: digits.length, right: right.length }).toEqual({ digits: 1513, right: 1469 });
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
