/**
 * The verifier's equation e(A, B) = e(α, β)·e(Σ sᵢICᵢ, γ)·e(C, δ) (J. Groth, "On the Size of Pairing-based Non-interactive Arguments",
 * EUROCRYPT 2016, §3.2), each pairing as soon as its points are known, so that only the last one is left when the proof is done.
 */
import { bn254 } from '@noble/curves/bn254.js';
import type { Groth16Key } from '../../protocol/groth16-key.ts';
declare const Fp12: import("@noble/curves/abstract/tower.js").Fp12Bls;
type Factor = typeof Fp12.ONE;
type G1 = typeof bn254.G1.Point.BASE;
type G2 = typeof bn254.G2.Point.BASE;
/** A damaged key gives points that are on no curve. */
export declare function isOnCurve(point: G1 | G2): boolean;
/** e(α, β)·e(Σ sᵢICᵢ, γ), which the statement fixes. */
export declare function statementFactor(key: Groth16Key, signals: readonly bigint[]): Factor;
/** e(−A, B) */
export declare function openingFactor(a: G1, b: G2): Factor;
/** e(C, δ) */
export declare function closingFactor(key: Groth16Key, c: G1): Factor;
export declare function holds(...factors: readonly Factor[]): boolean;
export {};
