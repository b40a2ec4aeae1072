export function bytesSource(bytes) {
    return { size: bytes.length, read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)) };
}
/** From a Blob: a file that a person chose, one in OPFS, or one that IndexedDB keeps. The browser reads only what is asked for. */
export function blobSource(blob) {
    return { size: blob.size, read: async (offset, length) => new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer()) };
}
