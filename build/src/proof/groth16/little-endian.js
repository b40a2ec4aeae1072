/** Field elements as the iden3 file formats keep them: 32 bytes, little-endian. */
/** Writes `value`, 0 … 2^256 − 1, at `offset`. */
export function writeElement(view, offset, value) {
    for (let i = 0; i < 4; i++)
        view.setBigUint64(offset + 8 * i, BigInt.asUintN(64, value >> BigInt(64 * i)), true);
}
export function readElement(view, offset) {
    let value = 0n;
    for (let i = 3; i >= 0; i--)
        value = (value << 64n) | view.getBigUint64(offset + 8 * i, true);
    return value;
}
