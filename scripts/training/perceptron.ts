/** A multi-layer perceptron with rectified hidden layers, trained by plain stochastic gradient descent with momentum. Seeded, so every run gives the same weights. */

export interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  /** outputs × inputs, row after row. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

export type Perceptron = readonly Layer[];

export interface Example {
  readonly input: Float32Array;
  readonly label: number;
}

/** Uniform in [0, 1): mulberry32, small and the same everywhere. */
export function randomSource(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Weights start near-normal with variance 1/inputs (a sum of three uniforms). */
export function createPerceptron(widths: readonly number[], random: () => number): Perceptron {
  return widths.slice(1).map((outputs, i) => {
    const inputs = widths[i];
    const weights = Float32Array.from({ length: inputs * outputs }, () => 2 * (random() + random() + random() - 1.5) * Math.sqrt(1 / inputs));
    return { inputs, outputs, weights, bias: new Float32Array(outputs) };
  });
}

/** Activations of every layer, the input first; only the last layer is not rectified. */
export function activations(network: Perceptron, input: Float32Array): Float32Array[] {
  const all = [input];
  network.forEach((layer, l) => {
    const from = all[l];
    const active = nonZero(from);
    const output = layer.bias.slice();
    for (let o = 0; o < layer.outputs; o++) {
      const row = o * layer.inputs;
      let sum = output[o];
      for (const i of active) sum += layer.weights[row + i] * from[i];
      output[o] = l < network.length - 1 ? Math.max(0, sum) : sum;
    }
    all.push(output);
  });
  return all;
}

const MOMENTUM = 0.9;
const DECAY = 1e-4;

/** Descends on one batch at a time; the optimiser's state lives in the closure. */
export function createTrainer(network: Perceptron): (batch: readonly Example[], rate: number) => void {
  const velocity = network.map(zeros);
  const gradient = network.map(zeros);
  return (batch, rate) => {
    for (const layer of gradient) {
      layer.weights.fill(0);
      layer.bias.fill(0);
    }
    for (const example of batch) accumulate(network, gradient, example);
    network.forEach((layer, l) => {
      step(layer.weights, velocity[l].weights, gradient[l].weights, rate, batch.length, DECAY);
      step(layer.bias, velocity[l].bias, gradient[l].bias, rate, batch.length, 0);
    });
  };
}

function zeros(layer: Layer): Layer {
  return { ...layer, weights: new Float32Array(layer.weights.length), bias: new Float32Array(layer.outputs) };
}

/** Adds the gradient of the cross-entropy at one example. */
function accumulate(network: Perceptron, gradient: readonly Layer[], { input, label }: Example): void {
  const values = activations(network, input);
  let error = softmax(values.at(-1)!);
  error[label] -= 1;
  for (let l = network.length - 1; l >= 0; l--) {
    const { inputs, outputs, weights } = network[l];
    const sum = gradient[l];
    const below = new Float32Array(inputs);
    const active = nonZero(values[l]);
    for (let o = 0; o < outputs; o++) {
      const slope = error[o];
      if (slope === 0) continue;
      sum.bias[o] += slope;
      const row = o * inputs;
      for (const i of active) {
        sum.weights[row + i] += slope * values[l][i];
        below[i] += slope * weights[row + i];
      }
    }
    // A hidden value of zero is a rectified one: `below` stays zero there, which is its derivative.
    error = below;
  }
}

function step(values: Float32Array, velocity: Float32Array, gradient: Float32Array, rate: number, examples: number, decay: number): void {
  for (let i = 0; i < values.length; i++) {
    velocity[i] = MOMENTUM * velocity[i] - rate * (gradient[i] / examples + decay * values[i]);
    values[i] += velocity[i];
  }
}

function softmax(logits: Float32Array): Float32Array {
  const largest = Math.max(...logits);
  const exponentials = logits.map((logit) => Math.exp(logit - largest));
  const sum = exponentials.reduce((total, value) => total + value, 0);
  return exponentials.map((value) => value / sum);
}

function nonZero(values: Float32Array): number[] {
  const positions: number[] = [];
  for (let i = 0; i < values.length; i++) if (values[i] !== 0) positions.push(i);
  return positions;
}
