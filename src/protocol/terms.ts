/** Terms: what a requester asks for and pays, stored on the chain as one hash. */
import { encodeAbiParameters } from 'viem';
import { fromHex, type Hex } from './bytes.ts';
import type { Address, CircuitId, DetailsId, TaskId } from './ids.ts';
import { sha256 } from './sha256.ts';

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

const TERMS = {
  type: 'tuple',
  components: [
    { name: 'requester', type: 'address' },
    { name: 'circuit', type: 'bytes32' },
    { name: 'inputs', type: 'bytes32' },
    { name: 'units', type: 'uint32' },
    { name: 'price', type: 'uint128' },
    { name: 'owner', type: 'address' },
    { name: 'ownerPrice', type: 'uint128' },
    { name: 'gate', type: 'address' },
    { name: 'judge', type: 'address' },
    { name: 'closes', type: 'uint40' },
    { name: 'lease', type: 'uint32' },
    { name: 'tariff', type: 'uint32' },
    { name: 'details', type: 'bytes32' },
  ],
} as const;

/** SHA-256 of `abi.encode("prooftab/task/1", chainId, market, terms)`: identical Terms collide, so details carry a nonce. */
export function taskId(chainId: number, market: Address, terms: Terms): TaskId {
  const encoded = encodeAbiParameters(
    [{ type: 'string' }, { type: 'uint256' }, { type: 'address' }, TERMS],
    ['prooftab/task/1', BigInt(chainId), market, terms],
  );
  return sha256(fromHex(encoded)) as TaskId;
}
