/** ONNX files: what this project reads and writes of them. Field numbers are those of onnx.proto3; whatever else a file holds is refused by name. */
import { fail, ok, type Result } from '../protocol/result.ts';
import { ModelRefused, refuse, type ModelFailure } from './model-failure.ts';
import { FieldWriter, MalformedProtobuf, readFields, type Field } from './protobuf.ts';

/** TensorProto.DataType */
const TYPE_NUMBER = { float: 1, int8: 3, int32: 6 } as const;
type ElementType = keyof typeof TYPE_NUMBER;

export type OnnxTensor = { readonly name: string; readonly dims: readonly number[] } & (
  | { readonly type: 'float'; readonly values: Float32Array<ArrayBuffer> }
  | { readonly type: 'int8'; readonly values: Int8Array<ArrayBuffer> }
  | { readonly type: 'int32'; readonly values: Int32Array<ArrayBuffer> }
);

export interface OnnxNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Integers and floats alike, by name. */
  readonly attributes: Readonly<Record<string, number>>;
}

/** A graph's input or output; a dimension is a number or the name of one left open. */
export interface OnnxValue {
  readonly name: string;
  readonly type: ElementType;
  readonly dims: readonly (number | string)[];
}

export interface OnnxModel {
  readonly opset: number;
  readonly graphName: string;
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

const IR_VERSION = 8;
/** Attribute kinds of onnx.proto3: FLOAT 1, INT 2. */
const [FLOAT, INT] = [1, 2];

/**
 * Parses an ONNX file strictly: a field that could change the model's meaning and is not understood is refused.
 * @example
 * readOnnx(new Uint8Array([1])) // { ok: false, failure: { kind: 'malformed', detail: 'field number 0 at byte 1' } }
 */
export function readOnnx(bytes: Uint8Array): Result<OnnxModel, ModelFailure> {
  try {
    return ok(readModel(bytes));
  } catch (error) {
    if (error instanceof ModelRefused) return fail(error.failure);
    if (error instanceof MalformedProtobuf) return fail({ kind: 'malformed', detail: error.message });
    throw error;
  }
}

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

/** Numbers of fields that describe a file and do not change what it computes. */
const DESCRIPTIVE = {
  ModelProto: [1, 2, 3, 4, 5, 6, 14],
  GraphProto: [10, 13, 16],
  NodeProto: [6, 9],
  AttributeProto: [13],
  TensorProto: [12, 14, 16],
  ValueInfoProto: [3, 4],
  OperatorSetIdProto: [],
  TypeProto: [6],
  TensorTypeProto: [],
  TensorShapeProto: [],
  Dimension: [3],
} as const;

/** A message whose known fields are handed to named readers; descriptive ones are passed over, all others are refused. */
function readMessage(kind: keyof typeof DESCRIPTIVE, bytes: Uint8Array, readers: Record<number, (field: Field) => void>): void {
  for (const field of readFields(bytes)) {
    const reader = readers[field.number];
    if (reader !== undefined) reader(field);
    else if (!(DESCRIPTIVE[kind] as readonly number[]).includes(field.number)) refuse(`${kind} has field ${field.number}, which is not supported`);
  }
}

function readModel(bytes: Uint8Array): OnnxModel {
  let graph: Uint8Array | null = null;
  let opset = 0;
  readMessage('ModelProto', bytes, {
    7: (field) => (graph = bytesOf(field)),
    8: (field) => {
      let domain = '';
      let version = 0;
      readMessage('OperatorSetIdProto', bytesOf(field), { 1: (f) => (domain = textOf(f)), 2: (f) => (version = integerOf(f)) });
      if (domain !== '' && domain !== 'ai.onnx') refuse(`operator set "${domain}" is not supported`);
      opset = version;
    },
  });
  if (graph === null) throw new MalformedProtobuf('there is no graph');
  if (opset < 13) refuse(`operator set ${opset} is older than 13`);
  return { opset, ...readGraph(graph) };
}

function readGraph(bytes: Uint8Array): Omit<OnnxModel, 'opset'> {
  const graph = { graphName: '', nodes: [] as OnnxNode[], initializers: [] as OnnxTensor[], inputs: [] as OnnxValue[], outputs: [] as OnnxValue[] };
  readMessage('GraphProto', bytes, {
    1: (field) => graph.nodes.push(readNode(bytesOf(field))),
    2: (field) => (graph.graphName = textOf(field)),
    5: (field) => graph.initializers.push(readTensor(bytesOf(field))),
    11: (field) => graph.inputs.push(readValue(bytesOf(field))),
    12: (field) => graph.outputs.push(readValue(bytesOf(field))),
  });
  return graph;
}

function readNode(bytes: Uint8Array): OnnxNode {
  const node = { name: '', op: '', inputs: [] as string[], outputs: [] as string[], attributes: {} as Record<string, number> };
  readMessage('NodeProto', bytes, {
    1: (field) => node.inputs.push(textOf(field)),
    2: (field) => node.outputs.push(textOf(field)),
    3: (field) => (node.name = textOf(field)),
    4: (field) => (node.op = textOf(field)),
    5: (field) => Object.assign(node.attributes, readAttribute(bytesOf(field))),
    7: (field) => void (textOf(field) !== '' && refuse(`operator domain "${textOf(field)}" is not supported`)),
  });
  if (node.op === '') throw new MalformedProtobuf('a node names no operator');
  return node;
}

function readAttribute(bytes: Uint8Array): Record<string, number> {
  let name = '';
  let value: number | null = null;
  readMessage('AttributeProto', bytes, {
    1: (field) => (name = textOf(field)),
    2: (field) => (value = floatOf(field)),
    3: (field) => (value = integerOf(field)),
    20: (field) => void (![FLOAT, INT].includes(integerOf(field)) && refuse(`attribute "${name}" is neither a number nor an integer`)),
  });
  // proto3 leaves a zero out of the file.
  return { [name]: value ?? 0 };
}

function readTensor(bytes: Uint8Array): OnnxTensor {
  const dims: number[] = [];
  let [name, type] = ['', 0];
  let raw: Uint8Array<ArrayBuffer> | null = null;
  readMessage('TensorProto', bytes, {
    1: (field) => dims.push(...integersOf(field)),
    2: (field) => (type = integerOf(field)),
    8: (field) => (name = textOf(field)),
    9: (field) => (raw = bytesOf(field)),
    13: () => refuse(`tensor "${name}" keeps its data in another file; export it into one file`),
    14: (field) => void (integerOf(field) !== 0 && refuse(`tensor "${name}" keeps its data in another file; export it into one file`)),
  });
  const element = elementType(type, `tensor "${name}"`);
  const data = (raw ?? refuse(`tensor "${name}" has no raw data`)) as Uint8Array<ArrayBuffer>;
  const count = dims.reduce((product, dim) => product * dim, 1);
  const width = element === 'int8' ? 1 : 4;
  if (data.length !== count * width) throw new MalformedProtobuf(`tensor "${name}" has ${data.length} bytes where its shape needs ${count * width}`);
  if (element === 'int8') return { name, dims, type: element, values: new Int8Array(data.buffer) };
  const view = new DataView(data.buffer);
  if (element === 'int32') return { name, dims, type: element, values: Int32Array.from({ length: count }, (_, i) => view.getInt32(4 * i, true)) };
  return { name, dims, type: element, values: Float32Array.from({ length: count }, (_, i) => view.getFloat32(4 * i, true)) };
}

function readValue(bytes: Uint8Array): OnnxValue {
  const dims: (number | string)[] = [];
  let [name, type] = ['', 0];
  const dimension = (field: Field): void => {
    let dim: number | string = '';
    readMessage('Dimension', bytesOf(field), { 1: (f) => (dim = integerOf(f)), 2: (f) => (dim = textOf(f)) });
    dims.push(dim);
  };
  const tensorType = (field: Field): void =>
    readMessage('TensorTypeProto', bytesOf(field), {
      1: (f) => (type = integerOf(f)),
      2: (f) => readMessage('TensorShapeProto', bytesOf(f), { 1: dimension }),
    });
  readMessage('ValueInfoProto', bytes, {
    1: (field) => (name = textOf(field)),
    2: (field) => readMessage('TypeProto', bytesOf(field), { 1: tensorType }),
  });
  return { name, type: elementType(type, `value "${name}"`), dims };
}

function elementType(number: number, what: string): ElementType {
  const found = (Object.keys(TYPE_NUMBER) as ElementType[]).find((type) => TYPE_NUMBER[type] === number);
  return found ?? refuse(`${what} has element type ${number}; float, int8 and int32 are supported`);
}

function bytesOf(field: Field): Uint8Array<ArrayBuffer> {
  if (field.wire !== 'bytes') throw new MalformedProtobuf(`field ${field.number} is not length-delimited`);
  return field.value;
}

function textOf(field: Field): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytesOf(field));
  } catch (error) {
    if (error instanceof TypeError) throw new MalformedProtobuf(`field ${field.number} is not UTF-8`);
    throw error;
  }
}

function integerOf(field: Field): number {
  if (field.wire !== 'varint') throw new MalformedProtobuf(`field ${field.number} is not an integer`);
  return safeInteger(BigInt.asIntN(64, field.value));
}

/** Repeated integers come packed or one by one. */
function integersOf(field: Field): number[] {
  if (field.wire === 'varint') return [integerOf(field)];
  const values: number[] = [];
  let value = 0n;
  let shift = 0n;
  for (const byte of bytesOf(field)) {
    value |= BigInt(byte & 0x7f) << shift;
    shift += 7n;
    if (byte >= 0x80) continue;
    values.push(safeInteger(BigInt.asIntN(64, value)));
    [value, shift] = [0n, 0n];
  }
  if (shift !== 0n) throw new MalformedProtobuf(`field ${field.number} is cut short`);
  return values;
}

function safeInteger(value: bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new MalformedProtobuf(`integer ${value} is out of range`);
  return number;
}

function floatOf(field: Field): number {
  if (field.wire !== 'fixed32') throw new MalformedProtobuf(`field ${field.number} is not a float`);
  return new DataView(field.value.buffer).getFloat32(0, true);
}

function writeNode(node: OnnxNode): Uint8Array<ArrayBuffer> {
  const writer = new FieldWriter();
  for (const input of node.inputs) writer.text(1, input);
  for (const output of node.outputs) writer.text(2, output);
  writer.text(3, node.name).text(4, node.op);
  for (const [name, value] of Object.entries(node.attributes)) {
    const attribute = new FieldWriter().text(1, name);
    if (Number.isInteger(value)) attribute.varint(3, value).varint(20, INT!);
    else attribute.float(2, value).varint(20, FLOAT!);
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
