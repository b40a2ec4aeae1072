/** Terms: what a requester asks for and pays, stored on the chain as one hash. */
import type { Hex } from './bytes.ts';
import type { Address, CircuitId, DetailsId } from './ids.ts';

export interface Terms {
  readonly requester: Address;
  readonly circuit: CircuitId;
  /** Root of the OpenZeppelin standard Merkle tree over `(uint32 unit, uint256 input)`. */
  readonly inputs: Hex;
  readonly units: number;
  /** Base units of the token, per unit, to the claimant. */
  readonly price: bigint;
  readonly owner: Address;
  /** Base units of the token, per unit, to the data's owner. */
  readonly ownerPrice: bigint;
  /** Who may claim; the zero address admits everyone. */
  readonly gate: Address;
  /** What counts as done. */
  readonly judge: Address;
  /** Seconds since 1970; nothing is claimed or settled after it. */
  readonly closes: number;
  /** Seconds that a claim lasts. */
  readonly lease: number;
  /** 0 is a free price. */
  readonly tariff: number;
  readonly details: DetailsId;
}
