/**
 * The verifier's equation e(A, B) = e(α, β)·e(Σ sᵢICᵢ, γ)·e(C, δ) (J. Groth, "On the Size of Pairing-based Non-interactive Arguments",
 * EUROCRYPT 2016, §3.2), each pairing as soon as its points are known, so that only the last one is left when the proof is done.
 */
import { bn254 } from '@noble/curves/bn254.js';
import type { G1Affine, G2Affine } from '../../protocol/bn254-points.ts';
import type { Groth16Key } from '../../protocol/groth16-key.ts';

const { Fp12 } = bn254.fields;
type Factor = typeof Fp12.ONE;
type G1 = typeof bn254.G1.Point.BASE;
type G2 = typeof bn254.G2.Point.BASE;

/** The Miller loop of e(P, Q); 1 if either is infinity. */
function factor(p: G1, q: G2): Factor {
  return p.is0() || q.is0() ? Fp12.ONE : bn254.pairing(p, q, false);
}

const g1 = ({ x, y }: G1Affine): G1 => bn254.G1.Point.fromAffine({ x, y });
const g2 = ({ x, y }: G2Affine): G2 => bn254.G2.Point.fromAffine({ x, y });

/** A damaged key gives points that are on no curve. */
export function isOnCurve(point: G1 | G2): boolean {
  try {
    point.assertValidity();
    return true;
  } catch {
    return false;
  }
}

/** e(α, β)·e(Σ sᵢICᵢ, γ), which the statement fixes. */
export function statementFactor(key: Groth16Key, signals: readonly bigint[]): Factor {
  const [first, ...others] = key.ic.map(g1);
  const sum = others.reduce((total, point, i) => (signals[i] === 0n ? total : total.add(point.multiplyUnsafe(signals[i]))), first);
  return Fp12.mul(factor(g1(key.alpha), g2(key.beta)), factor(sum, g2(key.gamma)));
}

/** e(−A, B) */
export function openingFactor(a: G1, b: G2): Factor {
  return factor(a.negate(), b);
}

/** e(C, δ) */
export function closingFactor(key: Groth16Key, c: G1): Factor {
  return factor(c, g2(key.delta));
}

export function holds(...factors: readonly Factor[]): boolean {
  return Fp12.eql(Fp12.finalExponentiate(factors.reduce((product, value) => Fp12.mul(product, value))), Fp12.ONE);
}
