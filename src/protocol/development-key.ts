/**
 * The trapdoor of every development key, in public: anyone who knows these scalars, and everyone does, can forge any proof.
 * All development keys share the points α, β, γ, δ, so that contracts and verifiers know them by sight, whatever a flag says.
 */
import { bn254 } from '@noble/curves/bn254.js';
import { g1ToBytes, g2ToBytes } from './bn254-points.ts';
import { concatBytes, utf8 } from './bytes.ts';
import { SCALAR_ORDER } from './field.ts';
import { sha256 } from './sha256.ts';

export interface Trapdoor {
  readonly tau: bigint;
  readonly alpha: bigint;
  readonly beta: bigint;
  readonly gamma: bigint;
  readonly delta: bigint;
}

/** SHA-256 of a public sentence each, mod r. */
export const DEVELOPMENT_TRAPDOOR: Trapdoor = {
  tau: scalarFor('tau'),
  alpha: scalarFor('alpha'),
  beta: scalarFor('beta'),
  gamma: scalarFor('gamma'),
  delta: scalarFor('delta'),
};

let points: Uint8Array<ArrayBuffer> | null = null;

/** α β γ δ as the first 448 bytes of every development verification key. Computed when first asked for: that takes longer than to start. */
export function developmentPoints(): Uint8Array<ArrayBuffer> {
  const { G1, G2 } = bn254;
  const { alpha, beta, gamma, delta } = DEVELOPMENT_TRAPDOOR;
  return (points ??= concatBytes(
    g1ToBytes(G1.Point.BASE.multiply(alpha).toAffine()),
    ...[beta, gamma, delta].map((scalar) => g2ToBytes(G2.Point.BASE.multiply(scalar).toAffine())),
  ));
}

/** SHA-256 of {@link developmentPoints}, by which registries and verifiers know them: a tab need not compute the points to refuse them. */
export const DEVELOPMENT_POINTS_HASH = '0x5c13fb77baad475fbfcfeb407aa3a8e0df8c98640d1c137bc69f67c40b555a81';
const POINTS_BYTES = 448;

/** Whether a verification key is a development key: then its proofs prove nothing to anyone. */
export function isDevelopmentKey(key: Uint8Array): boolean {
  return sha256(key.subarray(0, POINTS_BYTES)) === DEVELOPMENT_POINTS_HASH;
}

function scalarFor(name: keyof Trapdoor): bigint {
  return BigInt(sha256(utf8(`prooftab/development-key/1/${name}`))) % SCALAR_ORDER;
}
