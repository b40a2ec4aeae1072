/** Trains the digits model, quantises it within exact bounds, prints its held-out accuracy and writes `fixtures/models/digits.onnx`. Run: `npx tsx scripts/train-digits.ts`. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { heldOutDigits, PIXELS, trainingDigits, type Digit } from '../fixtures/digits.ts';
import { integerGraph } from '../src/model/integer-graph.ts';
import { writeOnnx } from '../src/model/onnx-writer.ts';
import { accuracyOf } from './training/accuracy.ts';
import { createPerceptron, createTrainer, randomSource, type Example, type Perceptron } from './training/perceptron.ts';
import { quantise } from './training/quantise.ts';

const WIDTHS = [PIXELS, 128, 64, 10];
const EPOCHS = 14;
const BATCH = 32;
const SEED = 7;
const SIDE = 28;
/** Rescale shifts worth trying: fewer bits keep more precision. */
const SHIFTS = [0, 1, 2, 3, 4, 5];
/** Training digits on which the shifts are chosen; the held-out ones decide nothing. */
const CALIBRATION = 2000;

const training = trainingDigits();
const heldOut = heldOutDigits();
console.log(`${training.length} digits to learn from, ${heldOut.length} held out`);
const network = train(training);
const onnx = quantiseWithinBounds(network, training.slice(0, CALIBRATION));
const file = path.join(import.meta.dirname, '../fixtures/models/digits.onnx');
writeFileSync(file, onnx);
console.log(`held-out accuracy ${(100 * accuracyOf(onnx, heldOut)).toFixed(2)} %, ${onnx.length} bytes in ${path.relative(process.cwd(), file)}`);

function train(digits: readonly Digit[]): Perceptron {
  const random = randomSource(SEED);
  const network = createPerceptron(WIDTHS, random);
  const descend = createTrainer(network);
  const order = [...digits];
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(order, random);
    const rate = 0.04 * (1 - epoch / EPOCHS) + 0.001;
    for (let at = 0; at < order.length; at += BATCH)
      descend(
        order.slice(at, at + BATCH).map((digit) => shifted(digit, random)),
        rate,
      );
    console.log(`epoch ${epoch + 1} of ${EPOCHS}`);
  }
  return network;
}

/** A digit moved by up to one pixel each way, as fractions of 255: people do not centre their writing. */
function shifted({ pixels, label }: Digit, random: () => number): Example {
  const [right, down] = [Math.floor(random() * 3) - 1, Math.floor(random() * 3) - 1];
  const input = new Float32Array(PIXELS);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const [fromX, fromY] = [x - right, y - down];
      const isInside = fromX >= 0 && fromX < SIDE && fromY >= 0 && fromY < SIDE;
      if (isInside) input[y * SIDE + x] = pixels[fromY * SIDE + fromX] / 255;
    }
  }
  return { input, label };
}

/** Of the shifts whose bounds hold, those that lose least on digits the model has learned from. */
function quantiseWithinBounds(network: Perceptron, digits: readonly Digit[]): Uint8Array<ArrayBuffer> {
  let best: { readonly onnx: Uint8Array<ArrayBuffer>; readonly accuracy: number } | null = null;
  for (const first of SHIFTS) {
    for (const second of SHIFTS) {
      const onnx = writeOnnx(quantise(network, [first, second]));
      if (!integerGraph(onnx).ok) continue;
      const accuracy = accuracyOf(onnx, digits);
      console.log(`shifts ${first}, ${second}: ${(100 * accuracy).toFixed(2)} % of learned digits`);
      // Among equals the larger shift: smaller accumulators cost fewer constraints.
      if (best === null || accuracy >= best.accuracy) best = { onnx, accuracy };
    }
  }
  if (best === null) throw new Error('no shifts keep every accumulator exact; train with more weight decay');
  return best.onnx;
}

function shuffle(items: Digit[], random: () => number): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [items[i], items[j]] = [items[j], items[i]];
  }
}
