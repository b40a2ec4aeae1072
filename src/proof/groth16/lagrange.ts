/** Lagrange polynomials over a multiplicative subgroup or a coset of it, at one point. */
import { SCALAR_ORDER } from '../../protocol/field.ts';
import { rootOfUnity } from '../bn254/root-of-unity.ts';
import { inverse, inverses, power, reduce } from '../../protocol/field-arithmetic.ts';

/** L₀(τ) … for the subgroup of order 2^log: `Lᵢ(τ) = ωⁱ (τⁿ − 1) / (n (τ − ωⁱ))`. */
export function lagrangeAt(tau: bigint, log: number): bigint[] {
  return evaluations(tau, 2 ** log, 2 ** log, 1n, rootOfUnity(log));
}

/** The odd-numbered ones of the subgroup twice as large: snarkjs evaluates the quotient there. */
export function oddLagrangeAt(tau: bigint, log: number): bigint[] {
  return evaluations(tau, 2 ** log, 2 ** (log + 1), rootOfUnity(log + 1), rootOfUnity(log));
}

/** `count` Lagrange polynomials of a subgroup of `order` elements, at the points first, first·step, first·step² … */
function evaluations(tau: bigint, count: number, order: number, first: bigint, step: bigint): bigint[] {
  const factor = reduce((power(tau, BigInt(order)) - 1n) * inverse(BigInt(order)));
  const points: bigint[] = [];
  for (let i = 0, point = first; i < count; i++, point = (point * step) % SCALAR_ORDER) points.push(point);
  const divisors = inverses(points.map((point) => reduce(tau - point)));
  return points.map((point, i) => (((point * factor) % SCALAR_ORDER) * divisors[i]) % SCALAR_ORDER);
}
