import { bn254 } from '@noble/curves/bn254.js';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { g1ToBytes, g2ToBytes, readG1, readG2 } from './bn254-points.ts';
import { concatBytes, fromHex, toHex, type Hex } from './bytes.ts';
import { DEVELOPMENT_POINTS, isDevelopmentKey } from './development-key.ts';
import { encodeEvidence } from './evidence.ts';
import { BASE_ORDER, SCALAR_ORDER, toBytes32 } from './field.ts';
import { keyToBytes, parseKey } from './groth16-key.ts';
import { proofFromBytes, proofToBytes } from './groth16-proof.ts';

const g1 = (scalar: bigint) => g1ToBytes(bn254.G1.Point.BASE.multiply(scalar).toAffine());
const g2 = (scalar: bigint) => g2ToBytes(bn254.G2.Point.BASE.multiply(scalar).toAffine());
const ic = [11n, 12n, 13n, 14n].map(g1);
const keyWith = ({ gamma = g2(4n), delta = g2(5n), first = g1(2n) } = {}) => concatBytes(first, g2(3n), gamma, delta, ...ic);

describe('a verification key', () => {
  it('is read, and written again byte for byte', () => {
    const read = parseKey(keyWith());
    if (!read.ok) throw new Error(read.failure.detail);
    expect(keyToBytes(read.value)).toEqual(keyWith());
  });

  it('is refused when γ = ±δ or δ is the generator or its negative: its proofs could be forged for any public input', () => {
    for (const delta of [g2(4n), g2(SCALAR_ORDER - 4n)])
      expect(parseKey(keyWith({ delta }))).toEqual({ ok: false, failure: { kind: 'bad-key', detail: 'gamma-is-delta' } });
    for (const delta of [g2(1n), g2(SCALAR_ORDER - 1n)])
      expect(parseKey(keyWith({ delta }))).toEqual({ ok: false, failure: { kind: 'bad-key', detail: 'delta-is-generator' } });
  });

  it.each([
    ['γ = δ', 4n, true],
    ['γ = −δ', SCALAR_ORDER - 4n, false],
  ])('with %s lets anyone forge from the key alone, whatever the public signals', (_, delta, isNegated) => {
    const { G1, G2 } = bn254;
    // The sum of the IC points with signals 5, 6 and 7: no scalar behind the key is needed for it.
    const signals = [1n, 5n, 6n, 7n];
    const points = ic.map((bytes) => G1.Point.fromAffine(readG1(bytes)!));
    const sum = points.reduce((total, point, i) => total.add(point.multiply(signals[i])), G1.Point.ZERO);
    const [alpha, beta] = [G1.Point.BASE.multiply(2n), G2.Point.BASE.multiply(3n)];
    const forged = bn254.pairingBatch([
      { g1: alpha.negate(), g2: beta },
      { g1: alpha, g2: beta },
      { g1: sum, g2: G2.Point.BASE.multiply(4n) },
      { g1: isNegated ? sum.negate() : sum, g2: G2.Point.BASE.multiply(delta) },
    ]);
    expect(bn254.fields.Fp12.eql(forged, bn254.fields.Fp12.ONE)).toBe(true);
  });

  it('is refused when short, off the curve, outside the group, at infinity or with coordinates not below q', () => {
    const point = { ok: false, failure: { kind: 'bad-key', detail: 'point' } };
    expect(parseKey(keyWith().subarray(1))).toMatchObject({ failure: { detail: 'length' } });
    expect(parseKey(keyWith({ first: concatBytes(toBytes32(1n), toBytes32(3n)) }))).toEqual(point);
    expect(parseKey(keyWith({ first: new Uint8Array(64) }))).toEqual(point);
    expect(parseKey(keyWith({ first: concatBytes(toBytes32(1n + BASE_ORDER), toBytes32(2n)) }))).toEqual(point);
    expect(parseKey(keyWith({ gamma: outsideTheGroup() }))).toEqual(point);
    for (const index of [64, 192, 320, 448, 640]) {
      const changed = keyWith();
      changed[index + 31] ^= 1;
      expect(parseKey(changed)).toEqual(point);
    }
  });

  it('is known as a development key by its points, whatever else it holds', () => {
    const { points } = JSON.parse(readFileSync(new URL('../../fixtures/vectors/development-key.json', import.meta.url), 'utf8')) as { points: Hex };
    expect(toHex(DEVELOPMENT_POINTS)).toBe(points);
    expect(isDevelopmentKey(concatBytes(DEVELOPMENT_POINTS, ...ic))).toBe(true);
    expect(isDevelopmentKey(keyWith())).toBe(false);
    expect(parseKey(concatBytes(DEVELOPMENT_POINTS, ...ic)).ok).toBe(true);
  });
});

describe('a point', () => {
  it('is as long as its coordinates, and not a byte more or less', () => {
    expect(readG1(g1(7n))).not.toBeNull();
    expect(readG2(g2(7n))).not.toBeNull();
    for (const cut of [g1(7n).subarray(1), concatBytes(g1(7n), new Uint8Array(1)), g2(7n)]) expect(readG1(cut)).toBeNull();
    for (const cut of [g2(7n).subarray(1), concatBytes(g2(7n), new Uint8Array(1)), g1(7n)]) expect(readG2(cut)).toBeNull();
  });
});

describe('a proof', () => {
  const bytes = concatBytes(g1(21n), g2(22n), g1(23n));

  it('survives its JSON form', () => {
    const proof = proofFromBytes(bytes);
    if (!proof) throw new Error('three points of their groups');
    expect(proofToBytes(proof)).toEqual(bytes);
  });

  it('is no proof when short or off the curve', () => {
    for (const cut of [bytes.subarray(1), bytes.subarray(0, -1), concatBytes(bytes, new Uint8Array(1))]) expect(proofFromBytes(cut)).toBeNull();
    for (const index of [31, 64 + 31, 192 + 31]) {
      const changed = bytes.slice();
      changed[index] ^= 1;
      expect(proofFromBytes(changed)).toBeNull();
    }
  });

  it('travels as evidence after its digest', () => {
    expect(fromHex(encodeEvidence(7n, bytes))).toEqual(concatBytes(toBytes32(7n), bytes));
    expect(() => encodeEvidence(7n, bytes.subarray(1))).toThrow(RangeError);
  });
});

/** A point of the twist's curve that is not in the subgroup of order r: found by trying x until y² has a root. */
function outsideTheGroup(): Uint8Array<ArrayBuffer> {
  const { Fp2 } = bn254.fields;
  const b = Fp2.div(Fp2.fromBigTuple([3n, 0n]), Fp2.fromBigTuple([9n, 1n]));
  for (let i = 1n; ; i++) {
    const x = Fp2.fromBigTuple([i, 1n]);
    const square = Fp2.add(Fp2.mul(Fp2.sqr(x), x), b);
    try {
      const y = Fp2.sqrt(square);
      const point = bn254.G2.Point.fromAffine({ x, y });
      if (!point.isTorsionFree()) return g2ToBytes({ x, y });
    } catch {
      continue;
    }
  }
}
