/** An ONNX graph seen as a chain: constants resolved, casts of constants folded, every other node in the order in which data flows through it. */
import { refuse } from '../model-failure.ts';
import type { OnnxModel, OnnxNode, OnnxTensor } from '../onnx-file.ts';

export interface OnnxChain {
  /** The nodes between input and output, each reading its predecessor's output. */
  readonly nodes: readonly OnnxNode[];
  readonly constants: ReadonlyMap<string, OnnxTensor>;
}

/** An operator read from a chain, and how many nodes it was made of. */
export interface Reading<Op> {
  readonly operator: Op;
  readonly nodes: number;
}

const FLOAT = 1;

export function onnxChain(model: OnnxModel): OnnxChain {
  const constants = new Map<string, OnnxTensor>();
  for (const tensor of model.initializers) define(constants, tensor.name, tensor);
  const nodes = model.nodes.filter((node) => !isConstantCast(node, constants));
  let current = model.inputs[0]?.name;
  for (const node of nodes) {
    const data = node.inputs.filter((name) => !constants.has(name));
    if (data.length !== 1 || data[0] !== current)
      refuse(`node "${node.name}" (${node.op}) does not read the node before it; only chains are supported`);
    if (node.outputs.length !== 1) refuse(`node "${node.name}" (${node.op}) has ${node.outputs.length} outputs; one is supported`);
    current = node.outputs[0];
  }
  if (model.outputs.length !== 1 || model.outputs[0]?.name !== current) refuse('the graph does not end in its one output');
  return { nodes, constants };
}

/** Records what a cast of a constant makes: the same integers under another name. */
function isConstantCast(node: OnnxNode, constants: Map<string, OnnxTensor>): boolean {
  const source = constants.get(node.inputs[0] ?? '');
  if (node.op !== 'Cast' || source === undefined) return false;
  if (node.attributes['to'] !== FLOAT) refuse(`node "${node.name}" casts to element type ${node.attributes['to']}; float is supported`);
  define(constants, node.outputs[0] ?? '', source);
  return true;
}

/** An empty name stands for an input that is left out, and of two constants of one name nothing says which is meant. */
function define(constants: Map<string, OnnxTensor>, name: string, tensor: OnnxTensor): void {
  if (name === '') refuse('a constant has no name');
  if (constants.has(name)) refuse(`two constants are called "${name}"`);
  constants.set(name, tensor);
}

/** The constant among a node's two inputs. */
export function constantOf(node: OnnxNode, chain: OnnxChain): OnnxTensor {
  const tensor = node.inputs.map((name) => chain.constants.get(name)).find((found) => found !== undefined);
  return tensor ?? refuse(`node "${node.name}" (${node.op}) has no constant input`);
}
