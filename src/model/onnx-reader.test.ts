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
