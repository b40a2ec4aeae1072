/** Bytes that are read by range, so that a large file never has to be held whole. */
export interface ByteSource {
  /** In bytes. */
  readonly size: number;
  /**
   * Exactly `length` bytes from `offset`, which lie within the size.
   * @param into as many bytes or more, where they may be put: so that a long file leaves no litter
   */
  read(offset: number, length: number, into?: Uint8Array): Promise<Uint8Array>;
}

export function bytesSource(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)) };
}

/** From a Blob: a file that a person chose, one in OPFS, or one that IndexedDB keeps. The browser reads only what is asked for. */
export function blobSource(blob: Blob): ByteSource {
  return { size: blob.size, read: async (offset, length) => new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer()) };
}
