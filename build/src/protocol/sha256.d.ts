import { type Hex } from './bytes.ts';
/**
 * FIPS 180-4; agrees with `sha256sum`.
 * @example
 * sha256(new Uint8Array()) // '0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
 */
export declare function sha256(bytes: Uint8Array): Hex;
