import type { Groth16Key } from '../../protocol/groth16-key.ts';
import type { G1Affine } from '../../protocol/bn254-points.ts';
import { type Result } from '../../protocol/result.ts';
import type { ByteSource } from './byte-source.ts';
import { type SectionPlace } from './section-table.ts';
export interface ProvingKeyFile {
    readonly source: ByteSource;
    readonly wires: number;
    readonly publics: number;
    /** The domain has 2^log elements. */
    readonly log: number;
    /** Entries of A and B. */
    readonly entries: number;
    readonly verificationKey: Groth16Key;
    readonly beta1: G1Affine;
    readonly delta1: G1Affine;
    readonly places: Readonly<Record<'coefficients' | 'a' | 'b1' | 'b2' | 'c' | 'h', SectionPlace>>;
}
export type KeyFileFailure = 
/** No .zkey at all. */
{
    readonly kind: 'not-a-key';
}
/** Shorter than its sections say, or a section shorter than its header says. */
 | {
    readonly kind: 'truncated-key';
    readonly section: number;
}
/** PLONK or fflonk, or a system that is not known. */
 | {
    readonly kind: 'other-system';
    readonly system: 'plonk' | 'fflonk' | 'unknown';
}
/** BLS12-381, or a curve that is not known. */
 | {
    readonly kind: 'other-curve';
    readonly curve: 'bls12-381' | 'unknown';
}
/** More than BN254 has roots of unity for, or than memory can hold. */
 | {
    readonly kind: 'oversized-key';
    readonly log: number;
};
export declare const COEFFICIENT_BYTES = 44;
export declare function openProvingKey(source: ByteSource): Promise<Result<ProvingKeyFile, KeyFileFailure>>;
