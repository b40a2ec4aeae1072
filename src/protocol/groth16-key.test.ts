import { bn254 } from '@noble/curves/bn254.js';
import { readFileSync } from 'node:fs';
import { sha256 } from './sha256.ts';
import { describe, expect, it } from 'vitest';
import { g1ToBytes, g2ToBytes, readG1, readG2 } from './bn254-points.ts';
import { concatBytes, fromHex, toHex, type Hex } from './bytes.ts';
import { DEVELOPMENT_POINTS_HASH, developmentPoints, DEVELOPMENT_TRAPDOOR, isDevelopmentKey, type Trapdoor } from './development-key.ts';
import { encodeEvidence } from './evidence.ts';
import { SCALAR_ORDER, toBytes32, toHex32 } from './field.ts';
import { keyToBytes, keyToSnarkjs, parseKey, type KeyFailure, type SnarkjsKey } from './groth16-key.ts';
import { proofFromBytes, proofToBytes, type SnarkjsProof } from './groth16-proof.ts';

const vector = JSON.parse(readFileSync(new URL('../../fixtures/vectors/key-and-proof.json', import.meta.url), 'utf8')) as {
  key: { bytes: Hex; snarkjs: SnarkjsKey };
  proof: { bytes: Hex; snarkjs: SnarkjsProof };
  refusedKeys: { name: string; because: KeyFailure['detail']; bytes: Hex }[];
  refusedProofs: { name: string; bytes: Hex }[];
};

const g1 = (scalar: bigint) => g1ToBytes(bn254.G1.Point.BASE.multiply(scalar).toAffine());
const g2 = (scalar: bigint) => g2ToBytes(bn254.G2.Point.BASE.multiply(scalar).toAffine());

describe('a verification key', () => {
  it('is read, written again, and written for snarkjs, as the vectors say', () => {
    const { bytes, snarkjs } = vector.key;
    const read = parseKey(fromHex(bytes));
    if (!read.ok) throw new Error(read.failure.detail);
    expect(toHex(keyToBytes(read.value))).toBe(bytes);
    expect(keyToSnarkjs(read.value)).toEqual(snarkjs);
  });

  it.each(vector.refusedKeys)('is refused where $name', ({ because, bytes }) => {
    expect(parseKey(fromHex(bytes))).toEqual({ ok: false, failure: { kind: 'bad-key', detail: because } });
  });

  it.each([
    ['γ = δ', 4n, true],
    ['γ = −δ', SCALAR_ORDER - 4n, false],
  ])('with %s lets anyone forge from the key alone, whatever the public signals', (_, delta, isNegated) => {
    const { G1, G2 } = bn254;
    // The sum of the IC points with signals 5, 6 and 7: no scalar behind the key is needed for it.
    const signals = [1n, 5n, 6n, 7n];
    const points = [11n, 12n, 13n, 14n].map((scalar) => G1.Point.BASE.multiply(scalar));
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

  it('is known as a development key by its points, whatever else it holds', () => {
    const { points, scalars } = JSON.parse(readFileSync(new URL('../../fixtures/vectors/development-key.json', import.meta.url), 'utf8')) as {
      points: Hex;
      scalars: Readonly<Record<keyof Trapdoor, Hex>>;
    };
    for (const [name, scalar] of Object.entries(scalars)) expect(toHex32(DEVELOPMENT_TRAPDOOR[name as keyof Trapdoor]), name).toBe(scalar);
    expect(toHex(developmentPoints())).toBe(points);
    expect(sha256(developmentPoints())).toBe(DEVELOPMENT_POINTS_HASH);
    const development = concatBytes(developmentPoints(), ...[11n, 12n, 13n, 14n].map(g1));
    expect(isDevelopmentKey(development)).toBe(true);
    expect(isDevelopmentKey(fromHex(vector.key.bytes))).toBe(false);
    expect(parseKey(development).ok).toBe(true);
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
  const bytes = fromHex(vector.proof.bytes);

  it('is read, and written for snarkjs and back, as the vectors say', () => {
    expect(proofFromBytes(bytes)).toEqual(vector.proof.snarkjs);
    expect(toHex(proofToBytes(vector.proof.snarkjs))).toBe(vector.proof.bytes);
  });

  it.each(vector.refusedProofs)('is none where $name', ({ bytes: refused }) => {
    expect(proofFromBytes(fromHex(refused))).toBeNull();
  });

  it('travels as evidence after its digest', () => {
    expect(fromHex(encodeEvidence(7n, bytes))).toEqual(concatBytes(toBytes32(7n), bytes));
    expect(() => encodeEvidence(7n, bytes.subarray(1))).toThrow(RangeError);
  });
});
