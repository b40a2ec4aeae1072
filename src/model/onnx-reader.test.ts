import { describe, expect, it } from 'vitest';
import { concatBytes } from '../protocol/bytes.ts';
import type { OnnxModel } from './onnx-file.ts';
import { readOnnx } from './onnx-reader.ts';
import { writeOnnx } from './onnx-writer.ts';
import { FieldWriter } from './protobuf.ts';

const model: OnnxModel = {
  opset: 13,
  graphName: 'tiny',
  nodes: [{ name: 'cast', op: 'Cast', inputs: ['w'], outputs: ['w_f'], attributes: { to: 1, alpha: 0.5 } }],
  initializers: [
    { name: 'w', type: 'int8', dims: [2, 2], values: new Int8Array([1, -2, 127, -127]) },
    { name: 'b', type: 'int32', dims: [2], values: new Int32Array([-70_000, 70_000]) },
    { name: 's', type: 'float', dims: [], values: new Float32Array([0.125]) },
  ],
  inputs: [{ name: 'pixels', type: 'float', dims: ['rows', 2] }],
  outputs: [{ name: 'logits', type: 'float', dims: ['rows', 2] }],
};

describe('an ONNX file', () => {
  const file = writeOnnx(model);

  it('reads back what was written', () => {
    expect(readOnnx(file)).toEqual({ ok: true, value: model });
  });

  it('is refused when it is cut short anywhere', () => {
    for (let length = 0; length < file.length; length++) expect(readOnnx(file.slice(0, length)).ok).toBe(false);
  });

  it('is refused when it is something else', () => {
    expect(readOnnx(new TextEncoder().encode('<html>not found</html>'))).toMatchObject({ ok: false, failure: { kind: 'malformed' } });
  });

  it('is refused by name when a tensor lies in another file', () => {
    const tensor = new FieldWriter().varint(2, 1).text(8, 'w').bytes(13, new Uint8Array()).varint(14, 1).done();
    expect(readOnnx(withGraphField(5, tensor))).toMatchObject({
      ok: false,
      failure: { kind: 'unsupported', detail: 'tensor "w" keeps its data in another file; export it into one file' },
    });
  });

  it.each([
    [
      'a double tensor',
      5,
      new FieldWriter().varint(2, 11).text(8, 'w').bytes(9, new Uint8Array()).done(),
      'tensor "w" has element type 11; float, int8 and int32 are supported',
    ],
    ['a sparse initializer', 15, new Uint8Array(), 'GraphProto has field 15, which is not supported'],
    [
      'a foreign operator domain',
      1,
      new FieldWriter().text(3, 'n').text(4, 'Op').text(7, 'com.microsoft').done(),
      'operator domain "com.microsoft" is not supported',
    ],
    [
      'a subgraph attribute',
      1,
      new FieldWriter().text(4, 'If').bytes(5, new FieldWriter().text(1, 'then').varint(20, 5).done()).done(),
      'attribute "then" is neither a number nor an integer',
    ],
  ])('is refused by name when it holds %s', (_, number, field, detail) => {
    expect(readOnnx(withGraphField(number, field))).toEqual({ ok: false, failure: { kind: 'unsupported', detail } });
  });

  it('is refused when a tensor has another size than its shape', () => {
    const tensor = new FieldWriter().varint(1, 3).varint(2, 3).text(8, 'w').bytes(9, new Uint8Array(2)).done();
    expect(readOnnx(withGraphField(5, tensor))).toEqual({
      ok: false,
      failure: { kind: 'malformed', detail: 'tensor "w" has 2 bytes where its shape needs 3' },
    });
  });

  it.each([
    [[3e8, 0], 'a dimension of 300000000; 1 to 65536 is supported'],
    [[0, 2 ** 40], 'a dimension of 0; 1 to 65536 is supported'],
    [[2, 0], 'a dimension of 0; 1 to 65536 is supported'],
    [[-1, -1], 'a dimension of -1; 1 to 65536 is supported'],
    [[1, 65_537], 'a dimension of 65537; 1 to 65536 is supported'],
    [[1, 1, 1, 1, 1, 1, 1, 1, 1], '9 dimensions; at most 8 are supported'],
  ])('is refused by name when a tensor has the shape %j, before anything is made in that size', (dims, detail) => {
    const values = new Int8Array();
    expect(readOnnx(writeOnnx({ ...model, initializers: [{ name: 'w', type: 'int8', dims, values }] }))).toEqual({
      ok: false,
      failure: { kind: 'unsupported', detail: `tensor "w" has ${detail}` },
    });
  });

  it('is refused, and does not overflow a stack, when a tensor has more dimensions than a call can have arguments', () => {
    const tensor = new FieldWriter().bytes(1, new Uint8Array(300_000).fill(1)).varint(2, 3).text(8, 'w').bytes(9, new Uint8Array(1)).done();
    expect(readOnnx(withGraphField(5, tensor))).toEqual({
      ok: false,
      failure: { kind: 'unsupported', detail: 'tensor "w" has 300000 dimensions; at most 8 are supported' },
    });
  });

  it('may have a dimension of the largest size', () => {
    const values = new Int8Array(65_536);
    expect(readOnnx(writeOnnx({ ...model, initializers: [{ name: 'w', type: 'int8', dims: [65_536, 1], values }] })).ok).toBe(true);
  });

  it.each([
    ['rows', 2 ** 33],
    ['rows', 0],
  ])('is refused by name when its input has the shape [%s, %d]', (...dims) => {
    expect(readOnnx(writeOnnx({ ...model, inputs: [{ name: 'pixels', type: 'float', dims }] }))).toEqual({
      ok: false,
      failure: { kind: 'unsupported', detail: `value "pixels" has a dimension of ${dims[1]}; 1 to 65536 is supported` },
    });
  });

  it('is refused when it lacks what it cannot do without', () => {
    expect(readOnnx(new Uint8Array())).toEqual({ ok: false, failure: { kind: 'malformed', detail: 'there is no graph' } });
    expect(readOnnx(withGraphField(1, new Uint8Array()))).toEqual({ ok: false, failure: { kind: 'malformed', detail: 'a node names no operator' } });
    const empty = new FieldWriter().varint(2, 1).text(8, 'w').done();
    expect(readOnnx(withGraphField(5, empty))).toEqual({ ok: false, failure: { kind: 'unsupported', detail: 'tensor "w" has no raw data' } });
  });

  it('takes descriptions for what they are, and a zero that its writer left out', () => {
    const attribute = new FieldWriter().text(1, 'transB').varint(20, 2).done();
    const node = new FieldWriter().text(4, 'Gemm').bytes(5, attribute).text(6, 'a note').text(7, '').done();
    expect(readOnnx(withGraphField(1, node))).toMatchObject({ ok: true, value: { nodes: [{ op: 'Gemm', attributes: { transB: 0 } }] } });
  });

  it.each([
    ['an integer that says it is a float', new FieldWriter().varint(3, 1).varint(20, 1)],
    ['a float that says it is an integer', new FieldWriter().float(2, 1).varint(20, 2)],
    ['a float and an integer', new FieldWriter().float(2, 0).varint(3, 1).varint(20, 2)],
  ])('is refused when an attribute holds %s: readers would not take the same value', (_, value) => {
    const attribute = concatBytes(new FieldWriter().text(1, 'transB').done(), value.done());
    expect(readOnnx(withGraphField(1, new FieldWriter().text(4, 'Gemm').bytes(5, attribute).done()))).toEqual({
      ok: false,
      failure: { kind: 'unsupported', detail: 'attribute "transB" holds a value of another type than it says' },
    });
  });

  it('is refused when an attribute does not say its type, or is given twice', () => {
    const untyped = new FieldWriter().text(1, 'transB').varint(3, 1).done();
    expect(readOnnx(withGraphField(1, new FieldWriter().text(4, 'Gemm').bytes(5, untyped).done()))).toMatchObject({
      failure: { detail: 'attribute "transB" is neither a number nor an integer' },
    });
    const typed = concatBytes(untyped, new FieldWriter().varint(20, 2).done());
    expect(readOnnx(withGraphField(1, new FieldWriter().text(4, 'Gemm').bytes(5, typed).bytes(5, typed).done()))).toMatchObject({
      failure: { detail: 'attribute "transB" is given twice' },
    });
  });

  it('is refused when it holds two graphs or two operator sets: one reader merges them, another takes the last', () => {
    expect(readOnnx(concatBytes(file, new FieldWriter().bytes(7, new Uint8Array()).done()))).toEqual({
      ok: false,
      failure: { kind: 'unsupported', detail: 'the file holds more than one graph' },
    });
    const opset = new FieldWriter().bytes(8, new FieldWriter().varint(2, 14).done()).done();
    expect(readOnnx(concatBytes(file, opset))).toEqual({
      ok: false,
      failure: { kind: 'unsupported', detail: 'the file names its operator set more than once' },
    });
  });

  it('is refused when its operator set is too old or foreign', () => {
    const graph = new FieldWriter().bytes(7, new Uint8Array()).done();
    const opset = (domain: string, version: number): Uint8Array =>
      new FieldWriter().bytes(8, new FieldWriter().text(1, domain).varint(2, version).done()).done();
    expect(readOnnx(concatBytes(graph, opset('', 9)))).toMatchObject({ ok: false, failure: { detail: 'operator set 9 is older than 13' } });
    expect(readOnnx(concatBytes(graph, opset('ai.onnx.ml', 3)))).toMatchObject({
      ok: false,
      failure: { detail: 'operator set "ai.onnx.ml" is not supported' },
    });
  });
});

/** A file whose graph holds one field only. */
function withGraphField(number: number, value: Uint8Array): Uint8Array {
  const opset = new FieldWriter().varint(2, 13).done();
  return new FieldWriter().bytes(7, new FieldWriter().bytes(number, value).done()).bytes(8, opset).done();
}
