/** The guards: every group of constraints in the circuits, by what it keeps a cheating prover from doing. Tests delete each in turn. */
export const GUARDS = [
  /** A pixel's bits are 0 or 1. */
  'pixel-bit',
  /** A pixel is the sum of its eight bits, hence below 256. */
  'pixel-sum',
  /** Poseidon's S-box, x² then x⁴ then x⁵. */
  'poseidon-square',
  'poseidon-fourth',
  'poseidon-fifth',
  /** An accumulator's bits are 0 or 1, */
  'requantise-bit',
  /** they add up to it, */
  'requantise-sum',
  /** and what leaves is its upper bits where it is not negative, else 0. */
  'requantise-rectify',
  /** The chosen class is marked by 0s and one 1, */
  'choice-bit',
  'choice-one',
  /** its output is picked out, */
  'choice-value',
  /** and no other output is larger, nor equal at a lower position. */
  'order-bit',
  'order-sum',
  /** The public digest is the Poseidon hash of the values, */
  'digest',
  /** and the public fold is their polynomial at the domain. */
  'fold-step',
  'fold',
] as const;

export type Guard = (typeof GUARDS)[number];
