/** Points of BN254 as the chain writes them (EIP-197): big-endian coordinates, of G2 the imaginary part first. */
import { bn254 } from '@noble/curves/bn254.js';
import { concatBytes } from "./bytes.js";
import { fromBytes, toBytes32 } from "./field.js";
export const G1_BYTES = 64;
export const G2_BYTES = 128;
export function g1ToBytes({ x, y }) {
    return concatBytes(toBytes32(x), toBytes32(y));
}
export function g2ToBytes({ x, y }) {
    return concatBytes(toBytes32(x.c1), toBytes32(x.c0), toBytes32(y.c1), toBytes32(y.c0));
}
/** Null unless the bytes are a point of the group other than infinity, with coordinates below q: the library refuses larger ones. */
export function readG1(bytes) {
    return pointOrNull(() => {
        const [x, y] = coordinates(bytes, 2);
        bn254.G1.Point.fromAffine({ x, y }).assertValidity();
        return { x, y };
    });
}
/** As {@link readG1}; a point of the curve outside the group of order r is refused too, which the library's check includes. */
export function readG2(bytes) {
    return pointOrNull(() => {
        const [xIm, xRe, yIm, yRe] = coordinates(bytes, 4);
        const affine = { x: { c0: xRe, c1: xIm }, y: { c0: yRe, c1: yIm } };
        bn254.G2.Point.fromAffine(affine).assertValidity();
        return affine;
    });
}
/** Whether two points are equal or each other's negative: those are the two points of a curve with one x. */
export function sameUpToSign(a, b) {
    return a.x.c0 === b.x.c0 && a.x.c1 === b.x.c1;
}
export const G2_GENERATOR = bn254.G2.Point.BASE.toAffine();
/** @throws RangeError unless the bytes are `count` coordinates, not all of them zero */
function coordinates(bytes, count) {
    const values = Array.from({ length: count }, (_, i) => fromBytes(bytes.subarray(32 * i, 32 * i + 32)));
    if (bytes.length !== 32 * count)
        throw new RangeError(`${bytes.length} bytes are not ${count} coordinates`);
    if (values.every((value) => value === 0n))
        throw new RangeError('all zeros is infinity in EIP-197, and no point that a key or a proof may hold');
    return values;
}
/** The library says no by throwing. */
function pointOrNull(read) {
    try {
        return read();
    }
    catch {
        return null;
    }
}
