import { type Result } from '../../protocol/result.ts';
import type { ByteSource } from './byte-source.ts';
export type RelationFileFailure = {
    readonly kind: 'not-a-relation';
} | {
    readonly kind: 'relation-of-other-circuit';
};
/**
 * @param witness 32 bytes a wire, little-endian
 * @returns its number from 0, null if there is none
 */
export declare function firstBrokenConstraint(r1cs: ByteSource, witness: Uint8Array): Promise<Result<number | null, RelationFileFailure>>;
