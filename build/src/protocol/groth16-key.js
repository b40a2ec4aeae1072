/** A Groth16 verification key of 704 bytes: α β γ δ IC₀…IC₃ in EIP-197 order. */
import { G1_BYTES, G2_BYTES, G2_GENERATOR, g1ToBytes, g2ToBytes, readG1, readG2, sameUpToSign, } from "./bn254-points.js";
import { concatBytes } from "./bytes.js";
import { fail, ok } from "./result.js";
export { isDevelopmentKey } from "./development-key.js";
const KEY_BYTES = 704;
/** One constant and three public signals. */
const IC_POINTS = 4;
/** Reads a key from untrusted bytes and refuses one whose proofs could be forged. */
export function parseKey(bytes) {
    if (bytes.length !== KEY_BYTES)
        return fail({ kind: 'bad-key', detail: 'length' });
    const g2 = (offset) => readG2(bytes.subarray(offset, offset + G2_BYTES));
    const alpha = readG1(bytes.subarray(0, G1_BYTES));
    const beta = g2(G1_BYTES);
    const gamma = g2(G1_BYTES + G2_BYTES);
    const delta = g2(G1_BYTES + 2 * G2_BYTES);
    const icStart = G1_BYTES + 3 * G2_BYTES;
    const ic = Array.from({ length: IC_POINTS }, (_, i) => readG1(bytes.subarray(icStart + i * G1_BYTES, icStart + (i + 1) * G1_BYTES)));
    if (!alpha || !beta || !gamma || !delta || !ic.every((point) => point !== null))
        return fail({ kind: 'bad-key', detail: 'point' });
    if (sameUpToSign(gamma, delta))
        return fail({ kind: 'bad-key', detail: 'gamma-is-delta' });
    if (sameUpToSign(delta, G2_GENERATOR))
        return fail({ kind: 'bad-key', detail: 'delta-is-generator' });
    return ok({ alpha, beta, gamma, delta, ic });
}
export function keyToBytes(key) {
    return concatBytes(g1ToBytes(key.alpha), g2ToBytes(key.beta), g2ToBytes(key.gamma), g2ToBytes(key.delta), ...key.ic.map(g1ToBytes));
}
export function keyToSnarkjs(key) {
    return {
        protocol: 'groth16',
        curve: 'bn128',
        nPublic: key.ic.length - 1,
        vk_alpha_1: g1ToSnarkjs(key.alpha),
        vk_beta_2: g2ToSnarkjs(key.beta),
        vk_gamma_2: g2ToSnarkjs(key.gamma),
        vk_delta_2: g2ToSnarkjs(key.delta),
        IC: key.ic.map(g1ToSnarkjs),
    };
}
/** Projective decimal text, real part first, as snarkjs writes points. */
export function g1ToSnarkjs({ x, y }) {
    return [x.toString(), y.toString(), '1'];
}
export function g2ToSnarkjs({ x, y }) {
    return [
        [x.c0.toString(), x.c1.toString()],
        [y.c0.toString(), y.c1.toString()],
        ['1', '0'],
    ];
}
export function g1FromSnarkjs(point) {
    return { x: BigInt(point[0] ?? ''), y: BigInt(point[1] ?? '') };
}
export function g2FromSnarkjs(point) {
    const part = (i, j) => BigInt(point[i]?.[j] ?? '');
    return { x: { c0: part(0, 0), c1: part(0, 1) }, y: { c0: part(1, 0), c1: part(1, 1) } };
}
