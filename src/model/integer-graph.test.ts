import { describe, expect, it } from 'vitest';
import { graphHash, integerGraph, type IntegerGraph } from './integer-graph.ts';
import type { OnnxModel, OnnxNode, OnnxTensor } from './onnx-file.ts';
import { readOnnx } from './onnx-reader.ts';
import { writeOnnx } from './onnx-writer.ts';
import { argMax, runGraph } from './run-graph.ts';

const node = (op: string, name: string, inputs: string[], output: string, attributes = {}): OnnxNode => ({
  name,
  op,
  inputs,
  outputs: [output],
  attributes,
});
const scalar = (name: string, value: number): OnnxTensor => ({ name, type: 'float', dims: [], values: new Float32Array([value]) });
const w0: OnnxTensor = { name: 'w0', type: 'int8', dims: [2, 2], values: new Int8Array([1, -3, 2, 4]) };
const b0: OnnxTensor = { name: 'b0', type: 'int32', dims: [2], values: new Int32Array([5, -6]) };

/** Two inputs, two hidden values, two outputs. */
const tiny: OnnxModel = {
  opset: 13,
  graphName: 'tiny',
  initializers: [w0, b0, scalar('quarter', 0.25), scalar('half', 0.5), { ...w0, name: 'w1', values: new Int8Array([1, 0, 0, 1]) }],
  nodes: [
    node('Cast', 'cw0', ['w0'], 'w0f', { to: 1 }),
    node('Cast', 'cb0', ['b0'], 'b0f', { to: 1 }),
    node('Cast', 'cw1', ['w1'], 'w1f', { to: 1 }),
    node('MatMul', 'dense0', ['pixels', 'w0f'], 'p0'),
    node('Add', 'bias0', ['p0', 'b0f'], 's0'),
    node('Mul', 'scale0', ['s0', 'quarter'], 'm0'),
    node('Add', 'half0', ['m0', 'half'], 'h0'),
    node('Floor', 'floor0', ['h0'], 'f0'),
    node('Relu', 'relu0', ['f0'], 'r0'),
    node('MatMul', 'dense1', ['r0', 'w1f'], 'logits'),
  ],
  inputs: [{ name: 'pixels', type: 'float', dims: ['rows', 2] }],
  outputs: [{ name: 'logits', type: 'float', dims: ['rows', 2] }],
};

const changed = (change: Partial<OnnxModel>) => integerGraph(writeOnnx({ ...tiny, ...change }));
const replaced = (name: string, by: OnnxNode) => changed({ nodes: tiny.nodes.map((each) => (each.name === name ? by : each)) });
const withTensor = (by: OnnxTensor) => changed({ initializers: tiny.initializers.map((each) => (each.name === by.name ? by : each)) });
/** So many rescales, one after the other. */
const requantised = (count: number): OnnxNode[] =>
  Array.from({ length: count }, (_, i) => [
    node('Mul', `scale${i}`, [i === 0 ? 'pixels' : `r${i - 1}`, 'quarter'], `m${i}`),
    node('Add', `half${i}`, [`m${i}`, 'half'], `h${i}`),
    node('Floor', `floor${i}`, [`h${i}`], `f${i}`),
    node('Relu', `relu${i}`, [`f${i}`], i === count - 1 ? 'logits' : `r${i}`),
  ]).flat();
function graphOf(model: OnnxModel): IntegerGraph {
  const graph = integerGraph(writeOnnx(model));
  if (!graph.ok) throw new Error(graph.failure.detail);
  return graph.value;
}

describe('the integer graph of an ONNX file', () => {
  it('computes what ONNX says, and keeps every step', () => {
    // dense: [10·1 + 20·2 + 5, 10·−3 + 20·4 − 6] = [55, 44]; floor(x/4 + 1/2) = [14, 11]
    expect(runGraph(graphOf(tiny), [10, 20]).map((values) => [...values])).toEqual([
      [55, 44],
      [14, 11],
      [14, 11],
    ]);
    // dense [6, −9]; floor(−9/4 + 1/2) = −2, rectified to 0; floor(6/4 + 1/2) = 2
    expect(runGraph(graphOf(tiny), [1, 0]).map((values) => [...values])).toEqual([
      [6, -9],
      [2, 0],
      [2, 0],
    ]);
  });

  it('bounds every wire by the intervals of its inputs', () => {
    expect(graphOf(tiny).bounds[0]).toEqual([
      { low: 5, high: 5 + 3 * 255 },
      { low: -6 - 3 * 255, high: -6 + 4 * 255 },
    ]);
    expect(graphOf(tiny).bounds[1]).toEqual([
      { low: 1, high: 193 },
      { low: 0, high: 254 },
    ]);
  });

  it('reads Gemm as the same layer, transposed or not', () => {
    const gemm = (attributes: object, weights: OnnxTensor): OnnxModel => ({
      ...tiny,
      nodes: [
        tiny.nodes[0],
        tiny.nodes[1],
        tiny.nodes[2],
        node('Gemm', 'dense0', ['pixels', 'w0f', 'b0f'], 's0', attributes),
        ...tiny.nodes.slice(5),
      ],
      initializers: tiny.initializers.map((each) => (each.name === 'w0' ? weights : each)),
    });
    expect(graphHash(graphOf(gemm({}, w0)))).toBe(graphHash(graphOf(tiny)));
    expect(graphHash(graphOf(gemm({ transB: 1 }, { ...w0, values: new Int8Array([1, 2, -3, 4]) })))).toBe(graphHash(graphOf(tiny)));
    const withoutBias = { ...tiny, nodes: [...tiny.nodes.slice(0, 9), node('Gemm', 'dense1', ['r0', 'w1f'], 'logits')] };
    expect(graphHash(graphOf(withoutBias))).toBe(graphHash(graphOf(tiny)));
    expect(integerGraph(writeOnnx(gemm({ alpha: 0.5 }, w0)))).toMatchObject({ ok: false, failure: { kind: 'unsupported' } });
  });

  it('is named by its meaning alone: names do not count, every weight does', () => {
    const renamed = { ...tiny, graphName: 'other', nodes: tiny.nodes.map((each) => ({ ...each, name: `x${each.name}` })) };
    expect(graphHash(graphOf(renamed))).toBe(graphHash(graphOf(tiny)));
    const heavier = {
      ...tiny,
      initializers: tiny.initializers.map((each) => (each.name === 'b0' ? { ...b0, values: new Int32Array([5, -7]) } : each)),
    };
    expect(graphHash(graphOf(heavier))).not.toBe(graphHash(graphOf(tiny)));
  });

  it('refuses, by name, a node whose sums could leave exact single precision', () => {
    const refused = withTensor({ ...b0, values: new Int32Array([2 ** 24 - 3 * 255, 0]) });
    expect(refused).toMatchObject({ ok: false, failure: { kind: 'out-of-bounds', node: 'dense0', bound: 2 ** 24 } });
    // One less passes the sum, and fails once half a step is added before the floor.
    expect(withTensor({ ...b0, values: new Int32Array([2 ** 24 - 3 * 255 - 1, 0]) })).toMatchObject({
      ok: false,
      failure: { kind: 'out-of-bounds', node: 'scale0' },
    });
    expect(withTensor({ ...b0, values: new Int32Array([2 ** 24 - 3 * 255 - 3, 0]) }).ok).toBe(true);
  });

  it.each([
    ['an unknown operator', () => replaced('relu0', node('Tanh', 'relu0', ['f0'], 'r0')), 'node "scale0" (Mul) is not followed by Add, Floor, Relu'],
    [
      'a lone unknown operator',
      () => replaced('dense1', node('Softmax', 'dense1', ['r0'], 'logits')),
      'node "dense1" uses operator Softmax, which is not supported',
    ],
    [
      'a scale that is no power of two',
      () => withTensor(scalar('quarter', 0.3)),
      'node "scale0" (Mul) does not scale by a power of two from 2^-23 to 2^-1',
    ],
    ['another rounding constant', () => withTensor(scalar('half', 0.25)), 'node "half0" (Add) does not add 0.5'],
    [
      'float weights',
      () => withTensor({ name: 'w0', type: 'float', dims: [2, 2], values: new Float32Array(4) }),
      'node "dense0" (MatMul) has float weights; quantise them to int8',
    ],
    [
      'a bias of another type',
      () => withTensor({ name: 'b0', type: 'int8', dims: [2], values: new Int8Array(2) }),
      'node "bias0" (Add) has a int8 bias; int32 is supported',
    ],
    [
      'a bias of another shape',
      () => withTensor({ name: 'b0', type: 'int32', dims: [1], values: new Int32Array(1) }),
      'node "bias0" (Add) has a bias of shape [1]; [2] is needed',
    ],
    [
      'weights on the left',
      () => replaced('dense0', node('MatMul', 'dense0', ['w0f', 'pixels'], 'p0')),
      'node "dense0" (MatMul) has its weights on the left; put them on the right',
    ],
    [
      'a branch',
      () => replaced('relu0', node('Relu', 'relu0', ['h0'], 'r0')),
      'node "relu0" (Relu) does not read the node before it; only chains are supported',
    ],
    [
      'a cast to something else',
      () => replaced('cw0', node('Cast', 'cw0', ['w0'], 'w0f', { to: 11 })),
      'node "cw0" casts to element type 11; float is supported',
    ],
    [
      'layers that do not fit',
      () => withTensor({ ...w0, name: 'w1', dims: [1, 2], values: new Int8Array(2) }),
      'node "dense1" takes 1 values and is given 2',
    ],
    [
      'an output elsewhere',
      () => changed({ outputs: [{ name: 's0', type: 'float', dims: ['rows', 2] }] }),
      'the graph does not end in its one output',
    ],
    [
      'weights of three dimensions',
      () => withTensor({ ...w0, dims: [2, 2, 1] }),
      'node "dense0" (MatMul) has weights of 3 dimensions; two are supported',
    ],
    [
      'a rescale by a list',
      () => withTensor({ name: 'quarter', type: 'float', dims: [2], values: new Float32Array([0.25, 0.25]) }),
      'node "scale0" (Mul) needs one float constant',
    ],
    [
      'a rescale by an integer',
      () => withTensor({ name: 'quarter', type: 'int32', dims: [], values: new Int32Array([1]) }),
      'node "scale0" (Mul) needs one float constant',
    ],
    ['a rescale that is none', () => withTensor(scalar('quarter', 1)), 'node "scale0" (Mul) does not scale by a power of two from 2^-23 to 2^-1'],
    ['a rescale too fine', () => withTensor(scalar('quarter', 2 ** -24)), 'node "scale0" (Mul) does not scale by a power of two from 2^-23 to 2^-1'],
    [
      'a node of two outputs',
      () => replaced('dense1', { ...tiny.nodes[9], outputs: ['logits', 'more'] }),
      'node "dense1" (MatMul) has 2 outputs; one is supported',
    ],
    ['a bare wire', () => changed({ nodes: [], outputs: tiny.inputs }), 'the graph has no operators'],
    ['two outputs', () => changed({ outputs: [tiny.outputs[0], tiny.outputs[0]] }), 'the graph does not end in its one output'],
    [
      'Gemm with a matrix that is no constant',
      () => replaced('dense1', node('Gemm', 'dense1', ['w1f', 'r0'], 'logits')),
      'node "dense1" (Gemm) needs constant weights',
    ],
    [
      'Gemm with a bias that is no constant',
      () => replaced('dense1', node('Gemm', 'dense1', ['w1f', 'w1f', 'r0'], 'logits')),
      'node "dense1" (Gemm) needs a constant bias',
    ],
    [
      'Gemm that turns its input',
      () => replaced('dense1', node('Gemm', 'dense1', ['r0', 'w1f'], 'logits', { transA: 1 })),
      'node "dense1" (Gemm) needs alpha 1, beta 1 and transA 0',
    ],
    ['two inputs', () => changed({ inputs: [tiny.inputs[0], tiny.inputs[0]] }), 'the graph has 2 inputs; one is supported'],
    [
      'an input without a width',
      () => changed({ inputs: [{ name: 'pixels', type: 'float', dims: ['rows', 'width'] }] }),
      'input "pixels" is not a float of shape [rows, width]',
    ],
    [
      'an input of so many rows and no other number',
      () => changed({ inputs: [{ name: 'pixels', type: 'float', dims: [8, 2] }] }),
      'input "pixels" is not a float of shape [rows, width]',
    ],
    [
      'an input that is wider than its first layer',
      () => changed({ inputs: [{ name: 'pixels', type: 'float', dims: ['rows', 2 ** 16] }] }),
      'node "dense0" takes 2 values and is given 65536',
    ],
    [
      'more values a row than memory should hold',
      () => changed({ nodes: requantised(17), inputs: [{ name: 'pixels', type: 'float', dims: ['rows', 2 ** 16] }] }),
      'the operators give more than 1048576 values a row',
    ],
    [
      'Gemm with a flag that is neither set nor clear',
      () => replaced('dense1', node('Gemm', 'dense1', ['r0', 'w1f'], 'logits', { transB: 2 })),
      'node "dense1" (Gemm) has transB 2; 0 and 1 are supported',
    ],
    ['two constants of one name', () => changed({ initializers: [...tiny.initializers, w0] }), 'two constants are called "w0"'],
    [
      'a cast that gives its constant the name of another',
      () => replaced('cw0', node('Cast', 'cw0', ['w0'], 'w1', { to: 1 })),
      'two constants are called "w1"',
    ],
    [
      'a constant without a name, which Gemm would take for a bias that is left out',
      () => replaced('cb0', node('Cast', 'cb0', ['b0'], '', { to: 1 })),
      'a constant has no name',
    ],
  ])('refuses %s', (_, make, detail) => {
    expect(make()).toEqual({ ok: false, failure: { kind: 'unsupported', detail } });
  });

  it('takes a row of the largest width', () => {
    const wide = { ...tiny, nodes: requantised(16), inputs: [{ ...tiny.inputs[0], dims: ['rows', 2 ** 16] }] };
    expect(graphOf(wide).outputs).toBe(2 ** 16);
  });

  it('refuses to run a row that no parser should let through', () => {
    expect(() => runGraph(graphOf(tiny), [1])).toThrow(RangeError);
    expect(() => runGraph(graphOf(tiny), [1, 256])).toThrow(RangeError);
    expect(() => runGraph(graphOf(tiny), [1, 0.5])).toThrow(RangeError);
  });

  it('answers with the lowest position on ties', () => {
    expect(argMax([-3, -3])).toBe(0);
    expect(argMax([1, 5, 5, 2])).toBe(1);
  });

  it('is read from what its own writer wrote', () => {
    expect(readOnnx(writeOnnx(tiny))).toEqual({ ok: true, value: tiny });
  });
});
