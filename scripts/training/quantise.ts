/** From a trained perceptron to an ONNX model of exact integers: int8 weights, int32 biases, power-of-two rescaling. */
import type { OnnxModel, OnnxNode, OnnxTensor } from '../../src/model/onnx-file.ts';
import type { Layer, Perceptron } from './perceptron.ts';

/** Inputs are 0 to 255 where training saw 0 to 1. */
const INPUT_SCALE = 255;
const OPSET = 13;
const FLOAT = 1;

/**
 * @param shifts one rescale shift for each hidden layer, in bits beyond the layer's own weight scale: small ones keep more
 *   precision and let accumulators grow, which the graph's bounds then refuse
 */
export function quantise(network: Perceptron, shifts: readonly number[]): OnnxModel {
  const nodes: OnnxNode[] = [];
  const initializers: OnnxTensor[] = [constant('half', 0.5)];
  let value = 'pixels';
  let scale = INPUT_SCALE;
  network.forEach((layer, l) => {
    const weightBits = largestScale(layer);
    const isLast = l === network.length - 1;
    initializers.push(weights(layer, l, weightBits), biases(layer, l, 2 ** weightBits * scale));
    nodes.push(cast(`w${l}`), cast(`b${l}`));
    nodes.push(node('MatMul', `dense${l}`, [value, `w${l}_f`], `product${l}`));
    nodes.push(node('Add', `bias${l}`, [`product${l}`, `b${l}_f`], isLast ? 'logits' : `sum${l}`));
    if (isLast) return;
    const shift = weightBits + shifts[l];
    initializers.push(constant(`scale${l}`, 2 ** -shift));
    nodes.push(node('Mul', `rescale${l}`, [`sum${l}`, `scale${l}`], `scaled${l}`));
    nodes.push(node('Add', `half${l}`, [`scaled${l}`, 'half'], `shifted${l}`));
    nodes.push(node('Floor', `floor${l}`, [`shifted${l}`], `floored${l}`));
    nodes.push(node('Relu', `relu${l}`, [`floored${l}`], `hidden${l}`));
    value = `hidden${l}`;
    scale *= 2 ** (weightBits - shift);
  });
  const dims = (width: number): (number | string)[] => ['rows', width];
  return {
    opset: OPSET,
    graphName: 'digits',
    nodes,
    initializers,
    inputs: [{ name: 'pixels', type: 'float', dims: dims(network[0].inputs) }],
    outputs: [{ name: 'logits', type: 'float', dims: dims(network.at(-1)!.outputs) }],
  };
}

/** The largest power of two, as an exponent, that keeps every weight within ±127. */
function largestScale(layer: Layer): number {
  const largest = layer.weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  return Math.floor(Math.log2(127.49 / largest));
}

/** ONNX MatMul wants inputs × outputs. */
function weights(layer: Layer, l: number, bits: number): OnnxTensor {
  const { inputs, outputs } = layer;
  const values = new Int8Array(inputs * outputs);
  for (let o = 0; o < outputs; o++) for (let i = 0; i < inputs; i++) values[i * outputs + o] = Math.round(layer.weights[o * inputs + i] * 2 ** bits);
  return { name: `w${l}`, type: 'int8', dims: [inputs, outputs], values };
}

function biases(layer: Layer, l: number, scale: number): OnnxTensor {
  return { name: `b${l}`, type: 'int32', dims: [layer.outputs], values: Int32Array.from(layer.bias, (value) => Math.round(value * scale)) };
}

function constant(name: string, value: number): OnnxTensor {
  return { name, type: 'float', dims: [], values: new Float32Array([value]) };
}

function cast(name: string): OnnxNode {
  return { ...node('Cast', `${name}_cast`, [name], `${name}_f`), attributes: { to: FLOAT } };
}

function node(op: string, name: string, inputs: readonly string[], output: string): OnnxNode {
  return { name, op, inputs, outputs: [output], attributes: {} };
}
