/** The container of iden3's file formats (.r1cs, .wtns, .zkey): four letters, a version, and numbered sections with their lengths. */
export interface Section {
    readonly number: number;
    readonly bytes: Uint8Array;
}
export declare function writeSections(type: string, version: number, sections: readonly Section[]): Uint8Array<ArrayBuffer>;
/** The sections of an untrusted file by number, as views into it; null unless it is of this type and whole. */
export declare function readSections(file: Uint8Array, type: string): ReadonlyMap<number, Uint8Array> | null;
