/** A Groth16 verification key of 704 bytes: α β γ δ IC₀…IC₃ in EIP-197 order. */
import {
  G1_BYTES,
  G2_BYTES,
  G2_GENERATOR,
  g1ToBytes,
  g2ToBytes,
  readG1,
  readG2,
  sameUpToSign,
  type G1Affine,
  type G2Affine,
} from './bn254-points.ts';
import { concatBytes } from './bytes.ts';
import { fail, ok, type Result } from './result.ts';

export { isDevelopmentKey } from './development-key.ts';

const KEY_BYTES = 704;
/** One constant and three public signals. */
const IC_POINTS = 4;

export interface Groth16Key {
  readonly alpha: G1Affine;
  readonly beta: G2Affine;
  readonly gamma: G2Affine;
  readonly delta: G2Affine;
  readonly ic: readonly G1Affine[];
}

export type KeyFailure = {
  readonly kind: 'bad-key';
  /**
   * `gamma-is-delta` and `delta-is-generator`, up to sign, are keys under which anyone forges proofs for any public input. With
   * γ = −δ the key alone does it: A = α, B = β, C = ΣsᵢICᵢ. Keys that never saw phase 2 have γ = δ = the generator.
   */
  readonly detail: 'length' | 'point' | 'gamma-is-delta' | 'delta-is-generator';
};

/** As in snarkjs's verification_key.json. */
export interface SnarkjsKey {
  readonly protocol: 'groth16';
  readonly curve: 'bn128';
  readonly nPublic: number;
  readonly vk_alpha_1: readonly string[];
  readonly vk_beta_2: readonly (readonly string[])[];
  readonly vk_gamma_2: readonly (readonly string[])[];
  readonly vk_delta_2: readonly (readonly string[])[];
  readonly IC: readonly (readonly string[])[];
}

/** Reads a key from untrusted bytes and refuses one whose proofs could be forged. */
export function parseKey(bytes: Uint8Array): Result<Groth16Key, KeyFailure> {
  if (bytes.length !== KEY_BYTES) return fail({ kind: 'bad-key', detail: 'length' });
  const g2 = (offset: number) => readG2(bytes.subarray(offset, offset + G2_BYTES));
  const alpha = readG1(bytes.subarray(0, G1_BYTES));
  const beta = g2(G1_BYTES);
  const gamma = g2(G1_BYTES + G2_BYTES);
  const delta = g2(G1_BYTES + 2 * G2_BYTES);
  const icStart = G1_BYTES + 3 * G2_BYTES;
  const ic = Array.from({ length: IC_POINTS }, (_, i) => readG1(bytes.subarray(icStart + i * G1_BYTES, icStart + (i + 1) * G1_BYTES)));
  if (!alpha || !beta || !gamma || !delta || !ic.every((point) => point !== null)) return fail({ kind: 'bad-key', detail: 'point' });
  if (sameUpToSign(gamma, delta)) return fail({ kind: 'bad-key', detail: 'gamma-is-delta' });
  if (sameUpToSign(delta, G2_GENERATOR)) return fail({ kind: 'bad-key', detail: 'delta-is-generator' });
  return ok({ alpha, beta, gamma, delta, ic });
}

export function keyToBytes(key: Groth16Key): Uint8Array<ArrayBuffer> {
  return concatBytes(g1ToBytes(key.alpha), g2ToBytes(key.beta), g2ToBytes(key.gamma), g2ToBytes(key.delta), ...key.ic.map(g1ToBytes));
}

export function keyToSnarkjs(key: Groth16Key): SnarkjsKey {
  return {
    protocol: 'groth16',
    curve: 'bn128',
    nPublic: key.ic.length - 1,
    vk_alpha_1: g1ToSnarkjs(key.alpha),
    vk_beta_2: g2ToSnarkjs(key.beta),
    vk_gamma_2: g2ToSnarkjs(key.gamma),
    vk_delta_2: g2ToSnarkjs(key.delta),
    IC: key.ic.map(g1ToSnarkjs),
  };
}

/** Projective decimal text, real part first, as snarkjs writes points. */
export function g1ToSnarkjs({ x, y }: G1Affine): string[] {
  return [x.toString(), y.toString(), '1'];
}

export function g2ToSnarkjs({ x, y }: G2Affine): string[][] {
  return [
    [x.c0.toString(), x.c1.toString()],
    [y.c0.toString(), y.c1.toString()],
    ['1', '0'],
  ];
}

export function g1FromSnarkjs(point: readonly string[]): G1Affine {
  return { x: BigInt(point[0] ?? ''), y: BigInt(point[1] ?? '') };
}

export function g2FromSnarkjs(point: readonly (readonly string[])[]): G2Affine {
  const part = (i: number, j: number) => BigInt(point[i]?.[j] ?? '');
  return { x: { c0: part(0, 0), c1: part(0, 1) }, y: { c0: part(1, 0), c1: part(1, 1) } };
}
