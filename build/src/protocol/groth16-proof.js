/** A Groth16 proof of 256 bytes, A B C in EIP-197 order, and its form in snarkjs's JSON. */
import { G1_BYTES, G2_BYTES, g1ToBytes, g2ToBytes, readG1, readG2 } from "./bn254-points.js";
import { concatBytes } from "./bytes.js";
import { g1FromSnarkjs, g1ToSnarkjs, g2FromSnarkjs, g2ToSnarkjs } from "./groth16-key.js";
export function proofToBytes(proof) {
    return concatBytes(g1ToBytes(g1FromSnarkjs(proof.pi_a)), g2ToBytes(g2FromSnarkjs(proof.pi_b)), g1ToBytes(g1FromSnarkjs(proof.pi_c)));
}
/** Null unless the bytes are three points of their groups, and nothing more. */
export function proofFromBytes(bytes) {
    const a = readG1(bytes.subarray(0, G1_BYTES));
    const b = readG2(bytes.subarray(G1_BYTES, G1_BYTES + G2_BYTES));
    const c = readG1(bytes.subarray(G1_BYTES + G2_BYTES));
    if (!a || !b || !c)
        return null;
    return { pi_a: g1ToSnarkjs(a), pi_b: g2ToSnarkjs(b), pi_c: g1ToSnarkjs(c), protocol: 'groth16', curve: 'bn128' };
}
