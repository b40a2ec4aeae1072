/** snarkjs's Groth16 proving key file (.zkey): its sections, and what can be read of it before it is trusted. */
import type { G1Affine, G2Affine } from '../../protocol/bn254-points.ts';
import type { Groth16Key } from '../../protocol/groth16-key.ts';
/** Points are affine, coordinates in Montgomery form, little-endian, real part first. */
export interface ZkeyContent {
    readonly wires: number;
    readonly publics: number;
    /** A power of two. */
    readonly domainSize: number;
    readonly alpha1: Uint8Array;
    readonly beta1: Uint8Array;
    readonly beta2: Uint8Array;
    readonly gamma2: Uint8Array;
    readonly delta1: Uint8Array;
    readonly delta2: Uint8Array;
    readonly ic: Uint8Array;
    readonly coefficients: Uint8Array;
    readonly a: Uint8Array;
    readonly b1: Uint8Array;
    readonly b2: Uint8Array;
    readonly c: Uint8Array;
    readonly h: Uint8Array;
    /** At most 64 characters, kept where a ceremony's hash would stand. */
    readonly note: string;
}
export interface ZkeyHeader {
    readonly wires: number;
    readonly publics: number;
    readonly domainSize: number;
    readonly verificationKey: Groth16Key;
}
export declare function writeZkey(content: ZkeyContent): Uint8Array<ArrayBuffer>;
/** Null unless the bytes are a Groth16 proving key over BN254 whose sections have the lengths its header asks for. */
export declare function readZkey(file: Uint8Array): ZkeyHeader | null;
export declare function readG1(view: DataView, offset: number): G1Affine;
export declare function readG2(view: DataView, offset: number): G2Affine;
