/** A claim as its claimant signs it (EIP-712), and the bytes that carry the signature to the market. */
import { encodeAbiParameters } from 'viem';
import type { Hex } from './bytes.ts';
import type { Address } from './ids.ts';

export interface ClaimMessage {
  readonly chainId: number;
  readonly market: Address;
  readonly task: Hex;
  readonly unit: number;
  /** SHA-256 of the raw HPKE public key. */
  readonly boxKey: Hex;
  readonly claimant: Address;
  /** Seconds since 1970 after which the signature admits nobody. */
  readonly expires: number;
}

/** The message in the market's own domain, so that it means nothing to another contract or chain. */
export function claimTypedData(claim: ClaimMessage) {
  return {
    domain: { name: 'Prooftab', version: '1', chainId: claim.chainId, verifyingContract: claim.market },
    types: {
      Claim: [
        { name: 'task', type: 'bytes32' },
        { name: 'unit', type: 'uint32' },
        { name: 'boxKey', type: 'bytes32' },
        { name: 'claimant', type: 'address' },
        { name: 'expires', type: 'uint40' },
      ],
    },
    primaryType: 'Claim',
    message: { task: claim.task, unit: claim.unit, boxKey: claim.boxKey, claimant: claim.claimant, expires: claim.expires },
  } as const;
}

/** `abi.encode(uint40 expires, bytes signature, bytes gateEvidence)`. */
export function encodeAuth(expires: number, signature: Hex, gateEvidence: Hex = '0x'): Hex {
  return encodeAbiParameters([{ type: 'uint40' }, { type: 'bytes' }, { type: 'bytes' }], [expires, signature, gateEvidence]);
}
