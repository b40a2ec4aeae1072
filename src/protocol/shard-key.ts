/** Keys of an owner: owner secret → dataset key → shard key, by HKDF-SHA256, so that one secret is all that must be kept. */
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 as hash } from '@noble/hashes/sha2.js';
import { concatBytes, utf8 } from './bytes.ts';
import { u32Bytes } from './u32.ts';

/** @returns 32 bytes, one key per shard */
export function deriveShardKey(ownerSecret: Uint8Array, datasetSalt: Uint8Array, index: number): Uint8Array<ArrayBuffer> {
  const datasetKey = hkdf(hash, ownerSecret, datasetSalt, utf8('prooftab/dataset-key/1'), 32);
  return new Uint8Array(hkdf(hash, datasetKey, datasetSalt, concatBytes(utf8('prooftab/shard-key/1'), u32Bytes(index)), 32));
}
