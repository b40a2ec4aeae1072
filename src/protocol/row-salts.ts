/** Salts of rows, derived from their shard's key: one row's salt can be shown without the key. */
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 as hash } from '@noble/hashes/sha2.js';
import { utf8 } from './bytes.ts';
import { fromBytes } from './field.ts';
import { u32Bytes } from './u32.ts';

/**
 * First 31 bytes of HMAC-SHA256(HKDF-SHA256(shard key, dataset salt, "prooftab/salt/1"), row), below 2^248 and hence below r.
 * @param row of the dataset, not of the shard
 */
export function rowSalt(shardKey: Uint8Array, datasetSalt: Uint8Array, row: number): bigint {
  const key = hkdf(hash, shardKey, datasetSalt, utf8('prooftab/salt/1'), 32);
  return fromBytes(hmac(hash, key, u32Bytes(row)).subarray(0, 31));
}
