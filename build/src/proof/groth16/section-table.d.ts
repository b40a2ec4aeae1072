/** Where the sections of an iden3 file (.zkey, .wtns, .r1cs) lie, read from a source of any size. */
import { type Result } from '../../protocol/result.ts';
import type { ByteSource } from './byte-source.ts';
export interface SectionPlace {
    readonly offset: number;
    /** In bytes. */
    readonly length: number;
}
export type SectionFailure = 'other-type' | 'truncated';
/** @param type the four letters that the file starts with */
export declare function sectionTable(source: ByteSource, type: string): Promise<Result<ReadonlyMap<number, SectionPlace>, SectionFailure>>;
export declare function viewOf(bytes: Uint8Array): DataView;
