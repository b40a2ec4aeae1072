/** Signing a claim with a secp256k1 key, and the address that a key stands for. */
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { hashTypedData } from 'viem';
import { publicKeyToAddress } from 'viem/accounts';
import { claimTypedData } from '../protocol/claim.ts';
import { fromHex, toHex, type Hex } from '../protocol/bytes.ts';
import type { Address } from '../protocol/ids.ts';
import type { ClaimToSign } from './signer.ts';

/** Ethereum writes the recovery bit as 27 or 28, after r and s. */
const RECOVERY_OFFSET = 27;

/** 32 bytes of secret; the caller erases them when done. */
export function newSecretKey(): Uint8Array<ArrayBuffer> {
  const drawn = secp256k1.utils.randomSecretKey();
  const secretKey = Uint8Array.from(drawn);
  drawn.fill(0);
  return secretKey;
}

/** EIP-55 text. */
export function addressOf(secretKey: Uint8Array): Address {
  return publicKeyToAddress(toHex(secp256k1.getPublicKey(secretKey, false)));
}

/** 65 bytes r ‖ s ‖ v over the claim's EIP-712 digest; s is in the lower half (EIP-2), as OpenZeppelin's ECDSA insists. */
export function signClaimWith(secretKey: Uint8Array, claim: ClaimToSign): Hex {
  const digest = fromHex(hashTypedData(claimTypedData(claim)));
  const recovered = secp256k1.sign(digest, secretKey, { prehash: false, lowS: true, format: 'recovered' });
  const signature = new Uint8Array(65);
  signature.set(recovered.subarray(1));
  signature[64] = RECOVERY_OFFSET + (recovered[0] ?? 0);
  return toHex(signature);
}
