/** A shard key, wrapped with HPKE (RFC 9180) to the claimant's box key: readable by nobody else, so anyone may carry it. */
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { concatBytes, fromHex, isHex, utf8, type Hex } from './bytes.ts';
import type { Address, ShardId, TaskId } from './ids.ts';
import { fail, ok, type Result } from './result.ts';
import { sha256 } from './sha256.ts';
import { u32Bytes } from './u32.ts';

const SHARD_KEY_BYTES = 32;

export interface WrappedKey {
  /** The encapsulated key: 32 bytes for X25519, 65 for P-256. */
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

/** The curves of a box key by the length of its raw public half: an uncompressed P-256 point is an x and a y longer. */
const X25519_BYTES = 32;
const P256_BYTES = 65;

/**
 * X25519, or P-256 in a browser that lacks it. The private half cannot be exported.
 * @example
 * (await newBoxKeyPair()).privateKey.extractable // false
 */
export async function newBoxKeyPair(): Promise<CryptoKeyPair> {
  try {
    return await crypto.subtle.generateKey({ name: 'X25519' }, false, ['deriveBits']);
  } catch (thrown) {
    if (!(thrown instanceof DOMException) || thrown.name !== 'NotSupportedError') throw thrown;
    return crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits']);
  }
}

/** Whether these bytes have the length of a raw public box key; whether they are a point, wrapping finds out. */
export function isBoxKey(boxKey: unknown): boxKey is Hex {
  return isHex(boxKey, X25519_BYTES) || isHex(boxKey, P256_BYTES);
}

/** What a claim puts on the chain: the chain authenticates the key that the custodian wraps to. */
export function boxKeyHash(rawPublicKey: Uint8Array): Hex {
  return sha256(rawPublicKey);
}

/**
 * @param boxKey the raw public key, 32 bytes of X25519 or 65 of P-256
 * @throws where that is no point of its curve, or one whose shared secret everyone knows
 */
export async function wrapShardKey({
  shardKey,
  boxKey,
  ...context
}: KeyContext & { readonly shardKey: Uint8Array<ArrayBuffer>; readonly boxKey: Uint8Array<ArrayBuffer> }): Promise<WrappedKey> {
  const hpke = suite(boxKey.length === P256_BYTES ? 'P-256' : 'X25519');
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
    const recipient = await suite(boxCurve(keyPair)).createRecipientContext({ recipientKey: keyPair, enc: wrapped.enc, info: infoOf(context) });
    const shardKey = new Uint8Array(await recipient.open(wrapped.ct, fromHex(context.shard)));
    return shardKey.length === SHARD_KEY_BYTES ? ok(shardKey) : fail({ kind: 'key-unusable' });
  } catch {
    return fail({ kind: 'key-unusable' });
  }
}

type BoxCurve = 'X25519' | 'P-256';

const boxCurve = ({ privateKey }: CryptoKeyPair): BoxCurve => (privateKey.algorithm.name === 'ECDH' ? 'P-256' : 'X25519');

function suite(curve: BoxCurve): CipherSuite {
  const kem = curve === 'P-256' ? new DhkemP256HkdfSha256() : new DhkemX25519HkdfSha256();
  return new CipherSuite({ kem, kdf: new HkdfSha256(), aead: new Aes256Gcm() });
}

/** "prooftab/key/1" ‖ task ‖ unit ‖ claimant */
function infoOf({ task, unit, claimant }: Omit<KeyContext, 'shard'>): Uint8Array<ArrayBuffer> {
  return concatBytes(utf8('prooftab/key/1'), fromHex(task), u32Bytes(unit), fromHex(claimant));
}
