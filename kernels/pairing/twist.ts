/** Numbers of BN254's pairing: the extension that the twist lies in, and what the Frobenius map multiplies coefficients by. */
import { modulo, inverseModulo } from '../field/field.ts';

/** a + bi with i² = −1. */
export type Complex = readonly [bigint, bigint];

/** ξ = 9 + i, whose sixth root the extension of degree twelve is made with: w⁶ = ξ. */
export const XI: Complex = [9n, 1n];

/** Of the curve y² = x³ + 3. */
export const CURVE_B = 3n;

/** The curve's parameter: both primes are polynomials in it. */
export const BN_X = 4965661367192848881n;

export function multiplyComplex([a, b]: Complex, [c, d]: Complex, prime: bigint): Complex {
  return [modulo(a * c - b * d, prime), modulo(a * d + b * c, prime)];
}

export function inverseComplex([a, b]: Complex, prime: bigint): Complex {
  const norm = inverseModulo(modulo(a * a + b * b, prime), prime);
  return [modulo(a * norm, prime), modulo(-b * norm, prime)];
}

/** Of the twist y² = x³ + 3/ξ. */
export function twistB(prime: bigint): Complex {
  return multiplyComplex([CURVE_B, 0n], inverseComplex(XI, prime), prime);
}

/** ξ^(i·(p − 1)/6) for i = 0 … 5: w^p = w·ξ^((p − 1)/6). */
export function frobeniusFactors(prime: bigint): readonly Complex[] {
  const first = powerComplex(XI, (prime - 1n) / 6n, prime);
  const factors: Complex[] = [[1n, 0n]];
  for (let i = 1; i < 6; i++) factors.push(multiplyComplex(factors[i - 1], first, prime));
  return factors;
}

function powerComplex(base: Complex, exponent: bigint, prime: bigint): Complex {
  let [result, square]: [Complex, Complex] = [[1n, 0n], base];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = multiplyComplex(result, square, prime);
    square = multiplyComplex(square, square, prime);
  }
  return result;
}
