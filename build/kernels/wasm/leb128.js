/** Integers of WebAssembly's binary format. */
/**
 * @example
 * unsignedLeb(624485) // [0xe5, 0x8e, 0x26]
 */
export function unsignedLeb(value) {
    const bytes = [];
    let rest = value;
    do {
        const low = rest % 128;
        rest = Math.floor(rest / 128);
        bytes.push(rest > 0 ? low + 128 : low);
    } while (rest > 0);
    return bytes;
}
/**
 * @example
 * signedLeb(-123456n) // [0xc0, 0xbb, 0x78]
 */
export function signedLeb(value) {
    const bytes = [];
    for (let rest = value;;) {
        const low = Number(BigInt.asUintN(7, rest));
        rest >>= 7n;
        const last = rest === (low >= 64 ? -1n : 0n);
        bytes.push(last ? low : low + 128);
        if (last)
            return bytes;
    }
}
