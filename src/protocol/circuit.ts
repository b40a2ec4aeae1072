/** A circuit's parts; their hash is its id, so a changed key, relation or model is visibly another circuit. */
import type { Hex } from './bytes.ts';
import type { ModelId } from './ids.ts';

/** Constraints or cells, MACs, lookups, bytes in, bytes out, byte-epochs; per unit. */
export type Meter = readonly [number, number, number, number, number, number];

export const GROTH16_BN254 = 1;
export const KIND_INFER = 1;
/** Flag: the key is a development key, from a public tau: anyone can forge its proofs. */
export const INSECURE = 1;

export interface CircuitParts {
  readonly system: number;
  readonly kind: number;
  readonly model: ModelId;
  /** SHA-256 of the R1CS file. */
  readonly relation: Hex;
  /** SHA-256 of the 704-byte verification key. */
  readonly key: Hex;
  /** How many public values; the fold cannot see trailing zeros, so the contract insists on it. */
  readonly values: number;
  readonly meter: Meter;
  readonly flags: number;
}
