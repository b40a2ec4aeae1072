/** Writes ONNX files; equal models give equal bytes. */
import { ATTRIBUTE_NUMBER, TYPE_NUMBER, type OnnxModel, type OnnxNode, type OnnxTensor, type OnnxValue } from './onnx-file.ts';
import { FieldWriter } from './protobuf.ts';

const IR_VERSION = 8;

export function writeOnnx(model: OnnxModel): Uint8Array<ArrayBuffer> {
  const graph = new FieldWriter();
  for (const node of model.nodes) graph.bytes(1, writeNode(node));
  graph.text(2, model.graphName);
  for (const tensor of model.initializers) graph.bytes(5, writeTensor(tensor));
  for (const value of model.inputs) graph.bytes(11, writeValue(value));
  for (const value of model.outputs) graph.bytes(12, writeValue(value));
  const opset = new FieldWriter().text(1, '').varint(2, model.opset).done();
  return new FieldWriter().varint(1, IR_VERSION).text(2, 'prooftab').bytes(7, graph.done()).bytes(8, opset).done();
}

function writeNode(node: OnnxNode): Uint8Array<ArrayBuffer> {
  const writer = new FieldWriter();
  for (const input of node.inputs) writer.text(1, input);
  for (const output of node.outputs) writer.text(2, output);
  writer.text(3, node.name).text(4, node.op);
  for (const [name, value] of Object.entries(node.attributes)) {
    const attribute = new FieldWriter().text(1, name);
    if (Number.isInteger(value)) attribute.varint(3, value).varint(20, ATTRIBUTE_NUMBER.int);
    else attribute.float(2, value).varint(20, ATTRIBUTE_NUMBER.float);
    writer.bytes(5, attribute.done());
  }
  return writer.done();
}

function writeTensor(tensor: OnnxTensor): Uint8Array<ArrayBuffer> {
  const writer = new FieldWriter();
  for (const dim of tensor.dims) writer.varint(1, dim);
  return writer.varint(2, TYPE_NUMBER[tensor.type]).text(8, tensor.name).bytes(9, littleEndian(tensor)).done();
}

function littleEndian(tensor: OnnxTensor): Uint8Array {
  if (tensor.type === 'int8') return new Uint8Array(tensor.values.buffer, tensor.values.byteOffset, tensor.values.byteLength);
  const view = new DataView(new ArrayBuffer(4 * tensor.values.length));
  tensor.values.forEach((value, i) => (tensor.type === 'int32' ? view.setInt32(4 * i, value, true) : view.setFloat32(4 * i, value, true)));
  return new Uint8Array(view.buffer);
}

function writeValue(value: OnnxValue): Uint8Array<ArrayBuffer> {
  const shape = new FieldWriter();
  for (const dim of value.dims) shape.bytes(1, (typeof dim === 'number' ? new FieldWriter().varint(1, dim) : new FieldWriter().text(2, dim)).done());
  const tensor = new FieldWriter().varint(1, TYPE_NUMBER[value.type]).bytes(2, shape.done()).done();
  return new FieldWriter().text(1, value.name).bytes(2, new FieldWriter().bytes(1, tensor).done()).done();
}
