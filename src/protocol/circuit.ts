/** A circuit's parts; their hash is its id, so a changed key, relation or model is visibly another circuit. */
import { encodeAbiParameters } from 'viem';
import { fromHex, type Hex } from './bytes.ts';
import type { CircuitId, ModelId } from './ids.ts';
import { sha256 } from './sha256.ts';

/** Constraints or cells, MACs, lookups, bytes in, bytes out, byte-epochs; per unit. */
export type Meter = readonly [number, number, number, number, number, number];

export const GROTH16_BN254 = 1;
export const KIND_INFER = 1;
/** The values of a statement of kind infer: input node and packed answers. */
export const INFER_VALUES = 2;
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

const PARTS = {
  type: 'tuple',
  components: [
    { name: 'system', type: 'uint16' },
    { name: 'kind', type: 'uint16' },
    { name: 'model', type: 'bytes32' },
    { name: 'relation', type: 'bytes32' },
    { name: 'key', type: 'bytes32' },
    { name: 'values', type: 'uint16' },
    { name: 'meter', type: 'uint40[6]' },
    { name: 'flags', type: 'uint16' },
  ],
} as const;

/** SHA-256 of `abi.encode("prooftab/circuit/1", parts)`. */
export function circuitId(parts: CircuitParts): CircuitId {
  return sha256(fromHex(encodeAbiParameters([{ type: 'string' }, PARTS], ['prooftab/circuit/1', parts]))) as CircuitId;
}

export function isInsecure(parts: CircuitParts): boolean {
  return (parts.flags & INSECURE) !== 0;
}
