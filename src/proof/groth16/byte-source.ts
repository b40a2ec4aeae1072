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

/** Bytes that a small read brings with it. */
const NEARBY = 1 << 12;

/** For small reads that often lie near each other: those that the last one brought with it are answered at once. */
export function nearby(source: ByteSource): ByteSource {
  let start = 0;
  let held: Uint8Array = new Uint8Array(0);
  return {
    size: source.size,
    async read(offset, length) {
      if (offset < start || offset + length > start + held.length) {
        held = await source.read(offset, Math.min(Math.max(length, NEARBY), source.size - offset));
        start = offset;
      }
      return held.subarray(offset - start, offset - start + length);
    },
  };
}
