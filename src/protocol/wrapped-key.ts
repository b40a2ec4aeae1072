/** A shard key, wrapped with HPKE to the claimant's box key: readable by nobody else, so anyone may carry it. */
export interface WrappedKey {
  /** The encapsulated key: 32 bytes for X25519. */
  readonly enc: Uint8Array<ArrayBuffer>;
  /** 48 bytes: a 32-byte shard key and its tag. */
  readonly ct: Uint8Array<ArrayBuffer>;
}
