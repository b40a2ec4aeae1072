/** Points of BN254 as the chain writes them (EIP-197): big-endian coordinates, of G2 the imaginary part first. */
import { bn254 } from '@noble/curves/bn254.js';
import { concatBytes } from './bytes.ts';
import { BASE_ORDER, fromBytes, toBytes32 } from './field.ts';

export const G1_BYTES = 64;
export const G2_BYTES = 128;

export interface G1Affine {
  readonly x: bigint;
  readonly y: bigint;
}

export interface G2Affine {
  readonly x: { readonly c0: bigint; readonly c1: bigint };
  readonly y: { readonly c0: bigint; readonly c1: bigint };
}

export function g1ToBytes({ x, y }: G1Affine): Uint8Array<ArrayBuffer> {
  return concatBytes(toBytes32(x), toBytes32(y));
}

export function g2ToBytes({ x, y }: G2Affine): Uint8Array<ArrayBuffer> {
  return concatBytes(toBytes32(x.c1), toBytes32(x.c0), toBytes32(y.c1), toBytes32(y.c0));
}

/** Null unless the bytes are a point of the group other than infinity, with coordinates below q. */
export function readG1(bytes: Uint8Array): G1Affine | null {
  const [x, y] = coordinates(bytes, G1_BYTES);
  if (x === undefined || y === undefined) return null;
  const affine = { x, y };
  return isPoint(() => bn254.G1.Point.fromAffine(affine).assertValidity()) ? affine : null;
}

/** As {@link readG1}; a point of the curve outside the group of order r is refused too. */
export function readG2(bytes: Uint8Array): G2Affine | null {
  const [xIm, xRe, yIm, yRe] = coordinates(bytes, G2_BYTES);
  if (xIm === undefined || xRe === undefined || yIm === undefined || yRe === undefined) return null;
  const affine = { x: { c0: xRe, c1: xIm }, y: { c0: yRe, c1: yIm } };
  const valid = isPoint(() => {
    const point = bn254.G2.Point.fromAffine(affine);
    point.assertValidity();
    if (!point.isTorsionFree()) throw new Error('outside the group');
  });
  return valid ? affine : null;
}

export function sameG2(a: G2Affine, b: G2Affine): boolean {
  return a.x.c0 === b.x.c0 && a.x.c1 === b.x.c1 && a.y.c0 === b.y.c0 && a.y.c1 === b.y.c1;
}

export const G2_GENERATOR: G2Affine = bn254.G2.Point.BASE.toAffine();

function coordinates(bytes: Uint8Array, length: number): bigint[] {
  if (bytes.length !== length) return [];
  const values = Array.from({ length: length / 32 }, (_, i) => fromBytes(bytes.subarray(32 * i, 32 * i + 32)));
  // All zeros is infinity in EIP-197, and no point that a key or a proof may hold.
  return values.every((value) => value < BASE_ORDER) && values.some((value) => value !== 0n) ? values : [];
}

/** The library says no by throwing. */
function isPoint(check: () => void): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}
