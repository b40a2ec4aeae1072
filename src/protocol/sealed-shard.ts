/** A shard sealed with AES-256-GCM: a random nonce, then the ciphertext and its tag, bound to dataset and index. */
import { concatBytes } from './bytes.ts';
import { fail, ok, type Result } from './result.ts';
import { u32Bytes } from './u32.ts';

const NONCE_BYTES = 12;

/** @param key 32 bytes, used for this shard alone */
export async function sealShard(
  key: Uint8Array<ArrayBuffer>,
  rows: Uint8Array<ArrayBuffer>,
  datasetSalt: Uint8Array,
  index: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const secret = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']);
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: associated(datasetSalt, index) }, secret, rows);
  return concatBytes(iv, new Uint8Array(sealed));
}

/** Refuses when key, dataset, index or any byte differs from what was sealed. */
export async function openShard(
  key: Uint8Array<ArrayBuffer>,
  sealed: Uint8Array<ArrayBuffer>,
  datasetSalt: Uint8Array,
  index: number,
): Promise<Result<Uint8Array<ArrayBuffer>, { readonly kind: 'seal-broken' }>> {
  const secret = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt']);
  const parameters = { name: 'AES-GCM', iv: sealed.subarray(0, NONCE_BYTES), additionalData: associated(datasetSalt, index) };
  try {
    return ok(new Uint8Array(await crypto.subtle.decrypt(parameters, secret, sealed.subarray(NONCE_BYTES))));
  } catch {
    return fail({ kind: 'seal-broken' });
  }
}

function associated(datasetSalt: Uint8Array, index: number): Uint8Array<ArrayBuffer> {
  return concatBytes(datasetSalt, u32Bytes(index));
}
