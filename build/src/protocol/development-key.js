/**
 * The trapdoor of every development key, in public: anyone who knows these scalars, and everyone does, can forge any proof.
 * All development keys share the points α, β, γ, δ, so that contracts and verifiers know them by sight, whatever a flag says.
 */
import { bn254 } from '@noble/curves/bn254.js';
import { g1ToBytes, g2ToBytes } from "./bn254-points.js";
import { concatBytes, equalBytes, utf8 } from "./bytes.js";
import { SCALAR_ORDER } from "./field.js";
import { sha256 } from "./sha256.js";
/** SHA-256 of a public sentence each, mod r. */
export const DEVELOPMENT_TRAPDOOR = {
    tau: scalarFor('tau'),
    alpha: scalarFor('alpha'),
    beta: scalarFor('beta'),
    gamma: scalarFor('gamma'),
    delta: scalarFor('delta'),
};
/** α β γ δ as the first 448 bytes of every development verification key. */
export const DEVELOPMENT_POINTS = concatBytes(g1ToBytes(bn254.G1.Point.BASE.multiply(DEVELOPMENT_TRAPDOOR.alpha).toAffine()), g2ToBytes(bn254.G2.Point.BASE.multiply(DEVELOPMENT_TRAPDOOR.beta).toAffine()), g2ToBytes(bn254.G2.Point.BASE.multiply(DEVELOPMENT_TRAPDOOR.gamma).toAffine()), g2ToBytes(bn254.G2.Point.BASE.multiply(DEVELOPMENT_TRAPDOOR.delta).toAffine()));
/** Whether a verification key is a development key: then its proofs prove nothing to anyone. */
export function isDevelopmentKey(key) {
    return equalBytes(key.subarray(0, DEVELOPMENT_POINTS.length), DEVELOPMENT_POINTS);
}
function scalarFor(name) {
    return BigInt(sha256(utf8(`prooftab/development-key/1/${name}`))) % SCALAR_ORDER;
}
