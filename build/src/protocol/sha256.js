/** SHA-256, the hash of every descriptor and blob. */
import { sha256 as hash } from '@noble/hashes/sha2.js';
import { toHex } from "./bytes.js";
/**
 * FIPS 180-4; agrees with `sha256sum`.
 * @example
 * sha256(new Uint8Array()) // '0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
 */
export function sha256(bytes) {
    return toHex(hash(bytes));
}
