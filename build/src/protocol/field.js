/** The two prime fields of BN254 (EIP-196) and their 32-byte big-endian form. */
import { fromHex, isHex, toHex } from "./bytes.js";
/** Order r of the groups: what circuits compute in. */
export const SCALAR_ORDER = 21888242871839275222246405745257275088548364400416034343698204186575808495617n;
/** Order q of the field that coordinates of points live in. */
export const BASE_ORDER = 21888242871839275222246405745257275088696311157297823662689037894645226208583n;
/** Whether a value is a canonical field element of the circuits' field. */
export function isScalar(value) {
    return value >= 0n && value < SCALAR_ORDER;
}
/**
 * @throws RangeError outside 0 … 2^256 − 1
 * @example
 * toHex32(7n) // '0x0000000000000000000000000000000000000000000000000000000000000007'
 */
export function toHex32(value) {
    if (value < 0n || value >> 256n !== 0n)
        throw new RangeError('a 32-byte value lies between 0 and 2^256 - 1');
    return `0x${value.toString(16).padStart(64, '0')}`;
}
/** 32 bytes, big-endian. */
export function toBytes32(value) {
    return fromHex(toHex32(value));
}
/**
 * @throws RangeError when the text is not 32 bytes; the value may still exceed the field: ask {@link isScalar}.
 * @example
 * fromHex32('0x0000000000000000000000000000000000000000000000000000000000000007') // 7n
 */
export function fromHex32(text) {
    if (!isHex(text, 32))
        throw new RangeError(`not 32 bytes of hexadecimal: ${String(text).slice(0, 80)}`);
    return BigInt(text);
}
/** Big-endian bytes as an integer of any size. */
export function fromBytes(bytes) {
    return bytes.length === 0 ? 0n : BigInt(toHex(bytes));
}
