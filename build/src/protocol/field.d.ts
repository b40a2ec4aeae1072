/** The two prime fields of BN254 (EIP-196) and their 32-byte big-endian form. */
import { type Hex } from './bytes.ts';
/** Order r of the groups: what circuits compute in. */
export declare const SCALAR_ORDER = 21888242871839275222246405745257275088548364400416034343698204186575808495617n;
/** Order q of the field that coordinates of points live in. */
export declare const BASE_ORDER = 21888242871839275222246405745257275088696311157297823662689037894645226208583n;
/** Whether a value is a canonical field element of the circuits' field. */
export declare function isScalar(value: bigint): boolean;
/**
 * @throws RangeError outside 0 … 2^256 − 1
 * @example
 * toHex32(7n) // '0x0000000000000000000000000000000000000000000000000000000000000007'
 */
export declare function toHex32(value: bigint): Hex;
/** 32 bytes, big-endian. */
export declare function toBytes32(value: bigint): Uint8Array<ArrayBuffer>;
/**
 * @throws RangeError when the text is not 32 bytes; the value may still exceed the field: ask {@link isScalar}.
 * @example
 * fromHex32('0x0000000000000000000000000000000000000000000000000000000000000007') // 7n
 */
export declare function fromHex32(text: Hex): bigint;
/** Big-endian bytes as an integer of any size. */
export declare function fromBytes(bytes: Uint8Array): bigint;
