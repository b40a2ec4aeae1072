/** A Groth16 verification key of 704 bytes: α β γ δ IC₀…IC₃ in EIP-197 order. */
import { type G1Affine, type G2Affine } from './bn254-points.ts';
import { type Result } from './result.ts';
export { isDevelopmentKey } from './development-key.ts';
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
export declare function parseKey(bytes: Uint8Array): Result<Groth16Key, KeyFailure>;
export declare function keyToBytes(key: Groth16Key): Uint8Array<ArrayBuffer>;
export declare function keyToSnarkjs(key: Groth16Key): SnarkjsKey;
/** Projective decimal text, real part first, as snarkjs writes points. */
export declare function g1ToSnarkjs({ x, y }: G1Affine): string[];
export declare function g2ToSnarkjs({ x, y }: G2Affine): string[][];
export declare function g1FromSnarkjs(point: readonly string[]): G1Affine;
export declare function g2FromSnarkjs(point: readonly (readonly string[])[]): G2Affine;
