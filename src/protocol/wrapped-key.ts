/** A shard key, wrapped with HPKE (RFC 9180) to the claimant's box key: readable by nobody else, so anyone may carry it. */
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { concatBytes, fromHex, utf8, type Hex } from './bytes.ts';
import type { Address, ShardId, TaskId } from './ids.ts';
import { fail, ok, type Result } from './result.ts';
import { sha256 } from './sha256.ts';
import { u32Bytes } from './u32.ts';

const SHARD_KEY_BYTES = 32;

export interface WrappedKey {
  /** The encapsulated key: 32 bytes for X25519. */
  readonly enc: Uint8Array<ArrayBuffer>;
  /** 48 bytes: a 32-byte shard key and its tag. */
  readonly ct: Uint8Array<ArrayBuffer>;
}

/** The claim that a wrapped key is for; opening it for another fails. */
export interface KeyContext {
  readonly task: TaskId;
  readonly unit: number;
  readonly claimant: Address;
  readonly shard: ShardId;
}

/** X25519, HKDF-SHA256, AES-256-GCM. The private half cannot be exported unless a test asks for it. */
export async function newBoxKeyPair(extractable = false): Promise<CryptoKeyPair> {
  return await crypto.subtle.generateKey({ name: 'X25519' }, extractable, ['deriveBits']);
}

/** What a claim puts on the chain: the chain authenticates the key that the custodian wraps to. */
export function boxKeyHash(rawPublicKey: Uint8Array): Hex {
  return sha256(rawPublicKey);
}

/** @param boxKey the raw public key, 32 bytes */
export async function wrapShardKey({
  shardKey,
  boxKey,
  ...context
}: KeyContext & { readonly shardKey: Uint8Array<ArrayBuffer>; readonly boxKey: Uint8Array<ArrayBuffer> }): Promise<WrappedKey> {
  const hpke = suite();
  const recipientPublicKey = await hpke.kem.deserializePublicKey(boxKey.buffer.slice(boxKey.byteOffset, boxKey.byteOffset + boxKey.byteLength));
  const sender = await hpke.createSenderContext({ recipientPublicKey, info: infoOf(context) });
  const ct = await sender.seal(shardKey, fromHex(context.shard));
  return { enc: new Uint8Array(sender.enc), ct: new Uint8Array(ct) };
}

/** @returns the shard key: what opens and is not 32 bytes long is refused too, since whoever wrapped it was free to seal anything */
export async function openWrappedKey({
  wrapped,
  keyPair,
  ...context
}: KeyContext & { readonly wrapped: WrappedKey; readonly keyPair: CryptoKeyPair }): Promise<
  Result<Uint8Array<ArrayBuffer>, { readonly kind: 'key-unusable' }>
> {
  try {
    const recipient = await suite().createRecipientContext({ recipientKey: keyPair, enc: wrapped.enc, info: infoOf(context) });
    const shardKey = new Uint8Array(await recipient.open(wrapped.ct, fromHex(context.shard)));
    return shardKey.length === SHARD_KEY_BYTES ? ok(shardKey) : fail({ kind: 'key-unusable' });
  } catch {
    return fail({ kind: 'key-unusable' });
  }
}

function suite(): CipherSuite {
  return new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
}

/** "prooftab/key/1" ‖ task ‖ unit ‖ claimant */
function infoOf({ task, unit, claimant }: Omit<KeyContext, 'shard'>): Uint8Array<ArrayBuffer> {
  return concatBytes(utf8('prooftab/key/1'), fromHex(task), u32Bytes(unit), fromHex(claimant));
}
