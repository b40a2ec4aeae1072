import { type Result } from '../../protocol/result.ts';
import type { ByteSource } from './byte-source.ts';
export type WitnessFileFailure = {
    readonly kind: 'not-a-witness';
} | {
    readonly kind: 'truncated-witness';
}
/** For another scalar field than BN254's. */
 | {
    readonly kind: 'witness-of-other-curve';
}
/** A value is not below r. */
 | {
    readonly kind: 'oversized-value';
    readonly wire: number;
}
/** The first wire, which carries the constant 1, carries something else. */
 | {
    readonly kind: 'no-constant';
};
/** @returns 32 bytes a wire, little-endian, each below r, the constant 1 first */
export declare function readWitness(source: ByteSource): Promise<Result<Uint8Array, WitnessFileFailure>>;
export declare function checkedWitness(bytes: Uint8Array): Result<Uint8Array, WitnessFileFailure>;
