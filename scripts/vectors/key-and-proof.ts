/** A verification key and a proof as bytes and as snarkjs writes them (§7), written from the specification alone, and what must be refused in their place. */
import { bn254 } from '@noble/curves/bn254.js';
import { concatBytes, toHex } from '../../src/protocol/bytes.ts';
import { BASE_ORDER, SCALAR_ORDER, toBytes32 } from '../../src/protocol/field.ts';

const { G1, G2, fields } = bn254;
const { Fp2 } = fields;

interface Point {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly snarkjs: unknown;
}

function g1(scalar: bigint): Point {
  const { x, y } = G1.Point.BASE.multiply(scalar).toAffine();
  return { bytes: concatBytes(toBytes32(x), toBytes32(y)), snarkjs: [String(x), String(y), '1'] };
}

/** EIP-197 puts the imaginary part first, snarkjs the real one. */
function g2(scalar: bigint): Point {
  const { x, y } = G2.Point.BASE.multiply(scalar).toAffine();
  const rows = [x, y].map(({ c0, c1 }) => [String(c0), String(c1)]);
  return { bytes: concatBytes(...[x.c1, x.c0, y.c1, y.c0].map(toBytes32)), snarkjs: [...rows, ['1', '0']] };
}

/** α β γ δ IC₀…IC₃. */
const key = [g1(2n), g2(3n), g2(4n), g2(5n), ...[11n, 12n, 13n, 14n].map(g1)];
/** A B C. */
const proof = [g1(21n), g2(22n), g1(23n)];

const bytesOf = (points: readonly Point[]) => concatBytes(...points.map(({ bytes }) => bytes));
const oneAfter = (bytes: Uint8Array) => concatBytes(bytes, new Uint8Array(1));

export function keyAndProofVectors(): unknown {
  const [alpha, beta, gamma, delta, ...ic] = key.map(({ snarkjs }) => snarkjs);
  const [a, b, c] = proof.map(({ snarkjs }) => snarkjs);
  return {
    key: {
      bytes: toHex(bytesOf(key)),
      snarkjs: { protocol: 'groth16', curve: 'bn128', nPublic: 3, vk_alpha_1: alpha, vk_beta_2: beta, vk_gamma_2: gamma, vk_delta_2: delta, IC: ic },
    },
    proof: { bytes: toHex(bytesOf(proof)), snarkjs: { pi_a: a, pi_b: b, pi_c: c, protocol: 'groth16', curve: 'bn128' } },
    refusedKeys: [
      ...['α', 'β', 'γ', 'δ', 'IC₀', 'IC₁', 'IC₂', 'IC₃'].flatMap((name, i) =>
        flawed(key[i]).map(({ flaw, bytes }) => ({ name: `${name} ${flaw}`, because: 'point', bytes: toHex(withPoint(key, i, bytes)) })),
      ),
      { name: 'γ = δ', because: 'gamma-is-delta', bytes: toHex(withPoint(key, 3, g2(4n).bytes)) },
      { name: 'γ = −δ', because: 'gamma-is-delta', bytes: toHex(withPoint(key, 3, g2(SCALAR_ORDER - 4n).bytes)) },
      { name: 'δ is the generator', because: 'delta-is-generator', bytes: toHex(withPoint(key, 3, g2(1n).bytes)) },
      { name: 'δ is the negative generator', because: 'delta-is-generator', bytes: toHex(withPoint(key, 3, g2(SCALAR_ORDER - 1n).bytes)) },
      { name: 'a byte less', because: 'length', bytes: toHex(bytesOf(key).subarray(0, -1)) },
      { name: 'a byte more', because: 'length', bytes: toHex(oneAfter(bytesOf(key))) },
    ],
    refusedProofs: [
      ...['A', 'B', 'C'].flatMap((name, i) =>
        flawed(proof[i]).map(({ flaw, bytes }) => ({ name: `${name} ${flaw}`, bytes: toHex(withPoint(proof, i, bytes)) })),
      ),
      { name: 'a byte less', bytes: toHex(bytesOf(proof).subarray(0, -1)) },
      { name: 'a byte more', bytes: toHex(oneAfter(bytesOf(proof))) },
    ],
  };
}

function withPoint(points: readonly Point[], index: number, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return concatBytes(...points.map((point, i) => (i === index ? bytes : point.bytes)));
}

/** What stands where a point should, and is none that a key or a proof may hold. */
function flawed(point: Point | undefined): { readonly flaw: string; readonly bytes: Uint8Array }[] {
  if (point === undefined) throw new RangeError('there is no such point');
  const { bytes } = point;
  const isInG2 = bytes.length === 128;
  const nextX = BigInt(toHex(bytes.subarray(0, 32))) + BASE_ORDER;
  const offCurve = bytes.slice();
  offCurve[bytes.length - 1] ^= 1;
  return [
    { flaw: 'is off its curve', bytes: offCurve },
    { flaw: 'is at infinity', bytes: new Uint8Array(bytes.length) },
    { flaw: 'has a coordinate that is not below q', bytes: concatBytes(toBytes32(nextX), bytes.subarray(32)) },
    ...(isInG2 ? [{ flaw: 'is outside the group of order r', bytes: outsideTheGroup() }] : []),
  ];
}

/** A point of the twist's curve that is not in the subgroup of order r: found by trying x until y² has a root. */
function outsideTheGroup(): Uint8Array<ArrayBuffer> {
  const b = Fp2.div(Fp2.fromBigTuple([3n, 0n]), Fp2.fromBigTuple([9n, 1n]));
  for (let i = 1n; ; i++) {
    const x = Fp2.fromBigTuple([i, 1n]);
    const y = rootOf(Fp2.add(Fp2.mul(Fp2.sqr(x), x), b));
    if (y !== null && !G2.Point.fromAffine({ x, y }).isTorsionFree()) return concatBytes(...[x.c1, x.c0, y.c1, y.c0].map(toBytes32));
  }
}

/** The library says no by throwing. */
function rootOf(square: typeof Fp2.ONE): typeof Fp2.ONE | null {
  try {
    return Fp2.sqrt(square);
  } catch {
    return null;
  }
}
