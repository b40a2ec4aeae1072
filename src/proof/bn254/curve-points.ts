/** Affine points of BN254's two curves, as their coordinates: x and y, of G2 both parts of x, then of y, the real one first. */
import { CURVE_B, multiplyComplex, twistB, type Complex } from '../../../kernels/pairing/twist.ts';
import { modulo } from '../../../kernels/field/field.ts';
import type { G1Affine, G2Affine } from '../../protocol/bn254-points.ts';
import { BASE_ORDER } from '../../protocol/field.ts';

export type Coordinates = readonly bigint[];

export const coordinatesOf1 = ({ x, y }: G1Affine): Coordinates => [x, y];
export const coordinatesOf2 = ({ x, y }: G2Affine): Coordinates => [x.c0, x.c1, y.c0, y.c1];
export const affine1 = ([x, y]: Coordinates): G1Affine => ({ x, y });
export const affine2 = ([x0, x1, y0, y1]: Coordinates): G2Affine => ({ x: { c0: x0, c1: x1 }, y: { c0: y0, c1: y1 } });

export const negated1 = ([x, y]: Coordinates): Coordinates => [x, modulo(-y, BASE_ORDER)];

/**
 * Whether y² = x³ + b. On the curve of G1 that is membership; the curve of G2 has other points, too.
 * @example
 * isOnCurve([1n, 2n]) // true
 */
export function isOnCurve(point: Coordinates): boolean {
  const half = point.length / 2;
  const complex = (part: Coordinates): Complex => [part[0], half === 2 ? part[1] : 0n];
  const [x, y] = [complex(point.slice(0, half)), complex(point.slice(half))];
  const times = (a: Complex, b: Complex) => multiplyComplex(a, b, BASE_ORDER);
  const b: Complex = half === 2 ? twistB(BASE_ORDER) : [CURVE_B, 0n];
  const [left, right] = [times(y, y), times(times(x, x), x)];
  return [0, 1].every((part) => left[part] === modulo(right[part] + b[part], BASE_ORDER));
}
