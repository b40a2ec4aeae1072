/** Reads ONNX files strictly: a field that could change what a model computes, and is not understood, is refused by name. */
import { fail, ok, type Result } from '../protocol/result.ts';
import { requireShape } from './dimensions.ts';
import { ModelRefused, refuse, type ModelFailure } from './model-failure.ts';
import { ATTRIBUTE_NUMBER, TYPE_NUMBER, type ElementType, type OnnxModel, type OnnxNode, type OnnxTensor, type OnnxValue } from './onnx-file.ts';
import { bytesOf, floatOf, integerOf, integersOf, textOf } from './protobuf-fields.ts';
import { MalformedProtobuf, readFields, type Field } from './protobuf.ts';

/**
 * Parses an untrusted file.
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

/** Numbers of fields that describe a file and do not change what it computes. */
const DESCRIPTIVE = {
  ModelProto: [1, 2, 3, 4, 5, 6, 14],
  GraphProto: [10, 13, 16],
  NodeProto: [6, 9],
  AttributeProto: [13],
  TensorProto: [12, 16],
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
  let opset: number | null = null;
  readMessage('ModelProto', bytes, {
    7: (field) => {
      // Other readers merge two graphs into one, or take the last: what such a file means depends on who reads it.
      if (graph !== null) refuse('the file holds more than one graph');
      graph = bytesOf(field);
    },
    8: (field) => {
      let domain = '';
      let version = 0;
      readMessage('OperatorSetIdProto', bytesOf(field), { 1: (f) => (domain = textOf(f)), 2: (f) => (version = integerOf(f)) });
      if (domain !== '' && domain !== 'ai.onnx') refuse(`operator set "${domain}" is not supported`);
      if (opset !== null) refuse('the file names its operator set more than once');
      opset = version;
    },
  });
  if (graph === null) throw new MalformedProtobuf('there is no graph');
  const version = opset ?? 0;
  if (version < 13) refuse(`operator set ${version} is older than 13`);
  return { opset: version, ...readGraph(graph) };
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
    5: (field) => {
      const { name, value } = readAttribute(bytesOf(field));
      if (Object.hasOwn(node.attributes, name)) refuse(`attribute "${name}" is given twice`);
      node.attributes[name] = value;
    },
    7: (field) => refuseIf(textOf(field) !== '', `operator domain "${textOf(field)}" is not supported`),
  });
  if (node.op === '') throw new MalformedProtobuf('a node names no operator');
  return node;
}

function readAttribute(bytes: Uint8Array): { readonly name: string; readonly value: number } {
  let [name, type] = ['', 0];
  const given: { float?: number; int?: number } = {};
  readMessage('AttributeProto', bytes, {
    1: (field) => (name = textOf(field)),
    2: (field) => (given.float = floatOf(field)),
    3: (field) => (given.int = integerOf(field)),
    20: (field) => (type = integerOf(field)),
  });
  const says = attributeType(type) ?? refuse(`attribute "${name}" is neither a number nor an integer`);
  const { [says]: value, ...others } = given;
  if (Object.keys(others).length > 0) refuse(`attribute "${name}" holds a value of another type than it says`);
  // proto3 leaves a zero out of the file.
  return { name, value: value ?? 0 };
}

function readTensor(bytes: Uint8Array): OnnxTensor {
  const dims: number[] = [];
  let [name, type] = ['', 0];
  let raw: Uint8Array<ArrayBuffer> | null = null;
  const elsewhere = (): string => `tensor "${name}" keeps its data in another file; export it into one file`;
  readMessage('TensorProto', bytes, {
    1: (field) => {
      for (const dim of integersOf(field)) dims.push(dim);
    },
    2: (field) => (type = integerOf(field)),
    8: (field) => (name = textOf(field)),
    9: (field) => (raw = bytesOf(field)),
    13: () => refuseIf(true, elsewhere()),
    14: (field) => refuseIf(integerOf(field) !== 0, elsewhere()),
  });
  const element = elementType(type, `tensor "${name}"`);
  const data = (raw ?? refuse(`tensor "${name}" has no raw data`)) as Uint8Array<ArrayBuffer>;
  requireShape(`tensor "${name}"`, dims);
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
  requireShape(`value "${name}"`, dims);
  return { name, type: elementType(type, `value "${name}"`), dims };
}

function elementType(number: number, what: string): ElementType {
  const found = (Object.keys(TYPE_NUMBER) as ElementType[]).find((type) => TYPE_NUMBER[type] === number);
  return found ?? refuse(`${what} has element type ${number}; float, int8 and int32 are supported`);
}

function attributeType(number: number): keyof typeof ATTRIBUTE_NUMBER | undefined {
  return (Object.keys(ATTRIBUTE_NUMBER) as (keyof typeof ATTRIBUTE_NUMBER)[]).find((type) => ATTRIBUTE_NUMBER[type] === number);
}

function refuseIf(isBad: boolean, detail: string): void {
  if (isBad) refuse(detail);
}
