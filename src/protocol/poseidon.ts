/** Poseidon over the scalar field with circomlib's parameters: x^5, 8 full rounds, state one wider than the input. */
import {
  poseidon1,
  poseidon2,
  poseidon3,
  poseidon4,
  poseidon5,
  poseidon6,
  poseidon7,
  poseidon8,
  poseidon9,
  poseidon10,
  poseidon11,
  poseidon12,
  poseidon13,
  poseidon14,
  poseidon15,
  poseidon16,
} from 'poseidon-lite';
import { isScalar } from './field.ts';

const byArity = new Map(
  [
    poseidon1,
    poseidon2,
    poseidon3,
    poseidon4,
    poseidon5,
    poseidon6,
    poseidon7,
    poseidon8,
    poseidon9,
    poseidon10,
    poseidon11,
    poseidon12,
    poseidon13,
    poseidon14,
    poseidon15,
    poseidon16,
  ].map((hash, i) => [i + 1, hash]),
);

/**
 * @param inputs 1 to 16 field elements; the arity separates a leaf from a node
 * @throws RangeError on another number of inputs, or on a value that is not below r
 * @example
 * poseidon([1n, 2n]) // 7853200120776062878684798364095072458815029376092732009249414926327459813530n
 */
export function poseidon(inputs: readonly bigint[]): bigint {
  const hash = byArity.get(inputs.length);
  if (!hash) throw new RangeError(`Poseidon takes 1 to 16 inputs, not ${inputs.length}`);
  if (!inputs.every(isScalar)) throw new RangeError('a Poseidon input must be a field element below r');
  return hash([...inputs]);
}
