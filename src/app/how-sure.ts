/** How sure a model is: softmax of its integers at the temperature that fits it to digits it never saw. */

/** Among temperatures, the one with which confidence and share of right answers agree best on the held-out digits. */
const TEMPERATURE = 280;

/**
 * @returns one share for each class, 1 together
 * @example
 * howSure(new Int32Array([0, 0])) // [0.5, 0.5]
 */
export function howSure(outputs: Int32Array): readonly number[] {
  const largest = outputs.reduce((most, output) => Math.max(most, output), -Infinity);
  const weights = Array.from(outputs, (output) => Math.exp((output - largest) / TEMPERATURE));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
