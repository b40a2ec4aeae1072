/** The identity door: an address, and signatures that only its holder can make. The key itself never crosses it. */
import type { Address } from '../protocol/ids.ts';
import type { Hex } from '../protocol/bytes.ts';

/** EIP-712 `Claim(bytes32 task,uint32 unit,bytes32 boxKey,address claimant,uint40 expires)` in the market's domain. */
export interface ClaimToSign {
  readonly chainId: number;
  readonly market: Address;
  readonly task: Hex;
  readonly unit: number;
  readonly boxKey: Hex;
  readonly claimant: Address;
  readonly expires: number;
}

export interface Signer {
  address(): Promise<Address>;
  /** 65 bytes r ‖ s ‖ v. */
  signClaim(claim: ClaimToSign): Promise<Hex>;
  /** The HPKE key pair that shard keys are wrapped to; its private half is non-extractable. */
  boxKey(): Promise<CryptoKeyPair>;
  /** The raw public half of the box key. */
  boxPublicKey(): Promise<Hex>;
}
