/**
 * The verifier's equation e(A, B) = e(α, β)·e(Σ sᵢICᵢ, γ)·e(C, δ) (J. Groth, "On the Size of Pairing-based Non-interactive Arguments",
 * EUROCRYPT 2016, §3.2), each pairing as soon as its points are known, so that only the last one is left when the proof is done.
 */
import { bn254 } from '@noble/curves/bn254.js';
const { Fp12 } = bn254.fields;
/** The Miller loop of e(P, Q); 1 if either is infinity. */
function factor(p, q) {
    return p.is0() || q.is0() ? Fp12.ONE : bn254.pairing(p, q, false);
}
const g1 = ({ x, y }) => bn254.G1.Point.fromAffine({ x, y });
const g2 = ({ x, y }) => bn254.G2.Point.fromAffine({ x, y });
/** A damaged key gives points that are on no curve. */
export function isOnCurve(point) {
    try {
        point.assertValidity();
        return true;
    }
    catch {
        return false;
    }
}
/** e(α, β)·e(Σ sᵢICᵢ, γ), which the statement fixes. */
export function statementFactor(key, signals) {
    const [first, ...others] = key.ic.map(g1);
    const sum = others.reduce((total, point, i) => (signals[i] === 0n ? total : total.add(point.multiplyUnsafe(signals[i]))), first);
    return Fp12.mul(factor(g1(key.alpha), g2(key.beta)), factor(sum, g2(key.gamma)));
}
/** e(−A, B) */
export function openingFactor(a, b) {
    return factor(a.negate(), b);
}
/** e(C, δ) */
export function closingFactor(key, c) {
    return factor(c, g2(key.delta));
}
export function holds(...factors) {
    return Fp12.eql(Fp12.finalExponentiate(factors.reduce((product, value) => Fp12.mul(product, value))), Fp12.ONE);
}
