/** Whether two addresses or ids are the same: compared without case, since EIP-55 writes a checksum into an address's. */
import type { Hex } from './bytes.ts';

/**
 * @example
 * sameHex('0xAb', '0xab') // true
 */
export function sameHex(a: Hex, b: Hex): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
