/** Roots of unity of BN254's scalar field, those that snarkjs uses. */
import { bn254 } from '@noble/curves/bn254.js';
const { Fr } = bn254.fields;
/** 2^28 divides r − 1, and no higher power of two does. */
export const TWO_ADICITY = 28;
/** The smallest non-residue. */
const NON_RESIDUE = 5n;
/** A primitive root of unity of order 2^power. */
export function rootOfUnity(power) {
    if (power > TWO_ADICITY)
        throw new RangeError(`there is no root of unity of order 2^${power}`);
    return Fr.pow(NON_RESIDUE, (Fr.ORDER - 1n) >> BigInt(power));
}
