/** Evidence for the Registry as judge: digest ‖ proof, 288 bytes. */
import { concatBytes, toHex, type Hex } from './bytes.ts';
import { toBytes32 } from './field.ts';

/** @param proof 256 bytes */
export function encodeEvidence(digest: bigint, proof: Uint8Array): Hex {
  if (proof.length !== 256) throw new RangeError(`a Groth16 proof is 256 bytes, not ${proof.length}`);
  return toHex(concatBytes(toBytes32(digest), proof));
}
