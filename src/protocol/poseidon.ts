/** Poseidon over the scalar field with circomlib's parameters: x^5, 8 full rounds, state one wider than the input (ePrint 2019/458). */
import { isScalar, SCALAR_ORDER } from './field.ts';
import { FULL_ROUNDS, poseidonParameters, type PoseidonParameters } from './poseidon-parameters.ts';

const MAX_ARITY = 16;

/** Drawn when an arity is first used: 16 ms for the widest, where a table of them all would be 430 KB on the way to every tab. */
const drawn = new Map<number, PoseidonParameters>();

/**
 * @param inputs 1 to 16 field elements; the arity separates a leaf from a node
 * @throws RangeError on another number of inputs, or on a value that is not below r
 * @example
 * poseidon([1n, 2n]) // 7853200120776062878684798364095072458815029376092732009249414926327459813530n
 */
export function poseidon(inputs: readonly bigint[]): bigint {
  if (inputs.length < 1 || inputs.length > MAX_ARITY) throw new RangeError(`Poseidon takes 1 to 16 inputs, not ${inputs.length}`);
  if (!inputs.every(isScalar)) throw new RangeError('a Poseidon input must be a field element below r');
  const width = inputs.length + 1;
  const parameters = drawn.get(width) ?? poseidonParameters(width);
  drawn.set(width, parameters);
  return permuted([0n, ...inputs], parameters);
}

/** The first element of the state after all rounds. */
function permuted(initial: readonly bigint[], { width, partialRounds, constants, matrix }: PoseidonParameters): bigint {
  let state = initial;
  for (let round = 0; round < FULL_ROUNDS + partialRounds; round++) {
    const isFull = round < FULL_ROUNDS / 2 || round >= FULL_ROUNDS / 2 + partialRounds;
    const keyed = state.map((element, i) => {
      const sum = element + constants[round * width + i];
      return isFull || i === 0 ? fifth(sum) : sum;
    });
    // Products are reduced once a sum: at most 17 of them, each below 2^510.
    state = matrix.map((row) => row.reduce((sum, factor, i) => sum + factor * keyed[i], 0n) % SCALAR_ORDER);
  }
  return state[0];
}

function fifth(value: bigint): bigint {
  const square = (value * value) % SCALAR_ORDER;
  return (((square * square) % SCALAR_ORDER) * value) % SCALAR_ORDER;
}
