/** Affine points of BN254's two curves, as their coordinates: x and y, of G2 both parts of x, then of y, the real one first. */
import { modulo } from '../../../kernels/field/field.ts';
import type { G1Affine, G2Affine } from '../../protocol/bn254-points.ts';
import { BASE_ORDER } from '../../protocol/field.ts';

export type Coordinates = readonly bigint[];

export const coordinatesOf1 = ({ x, y }: G1Affine): Coordinates => [x, y];
export const coordinatesOf2 = ({ x, y }: G2Affine): Coordinates => [x.c0, x.c1, y.c0, y.c1];
export const affine1 = ([x, y]: Coordinates): G1Affine => ({ x, y });
export const affine2 = ([x0, x1, y0, y1]: Coordinates): G2Affine => ({ x: { c0: x0, c1: x1 }, y: { c0: y0, c1: y1 } });

export const negated1 = ([x, y]: Coordinates): Coordinates => [x, modulo(-y, BASE_ORDER)];
