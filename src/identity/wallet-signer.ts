/** A signer from a private key that its operator holds: for the Node actors of a network, and for a practice network that ends with its tab. Elsewhere a tab's key is sealed. */
import { fromHex, toHex, type Hex } from '../protocol/bytes.ts';
import { newBoxKeyPair } from '../protocol/wrapped-key.ts';
import { addressOf, signClaimWith } from './claim-signature.ts';
import type { Signer } from './signer.ts';

/** @param privateKey 32 bytes. The box key pair is new each time: wrapped keys of an earlier run do not open. */
export async function createWalletSigner(privateKey: Hex): Promise<Signer> {
  const secretKey = fromHex(privateKey);
  const box = await newBoxKeyPair();
  const boxPublic = toHex(new Uint8Array(await crypto.subtle.exportKey('raw', box.publicKey)));
  return {
    address: async () => addressOf(secretKey),
    signClaim: async (claim) => signClaimWith(secretKey, claim),
    boxKey: async () => box,
    boxPublicKey: async () => boxPublic,
  };
}
