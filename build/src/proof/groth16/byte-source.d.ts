/** Bytes that are read by range, so that a large file never has to be held whole. */
export interface ByteSource {
    /** In bytes. */
    readonly size: number;
    /** Exactly `length` bytes from `offset`, which lie within the size. */
    read(offset: number, length: number): Promise<Uint8Array>;
}
export declare function bytesSource(bytes: Uint8Array): ByteSource;
/** From a Blob: a file that a person chose, one in OPFS, or one that IndexedDB keeps. The browser reads only what is asked for. */
export declare function blobSource(blob: Blob): ByteSource;
