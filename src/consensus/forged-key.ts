/**
 * A key whose secrets are all known, and the proofs that anyone who knows them can forge for any public signals. Tests of
 * contracts and ledgers need proofs that hold, and not the circuits behind them; this is also exactly why a development
 * key is INSECURE. https://eprint.iacr.org/2016/260, section 3.2: the simulator.
 */
import { bn254 } from '@noble/curves/bn254.js';
import { concatBytes, utf8 } from '../protocol/bytes.ts';
import { DEVELOPMENT_TRAPDOOR } from '../protocol/development-key.ts';
import { SCALAR_ORDER, toBytes32 } from '../protocol/field.ts';
import { sha256 } from '../protocol/sha256.ts';

const { G1, G2 } = bn254;
const Fr = bn254.fields.Fr;

export interface Trapdoor {
  readonly alpha: bigint;
  readonly beta: bigint;
  readonly gamma: bigint;
  readonly delta: bigint;
  readonly ic: readonly [bigint, bigint, bigint, bigint];
}

/** The scalars of every development key, with inputs of our own. */
export const developmentTrapdoor: Trapdoor = { ...trapdoorFrom('prooftab/contract-test-circuit/1/'), ...DEVELOPMENT_TRAPDOOR };

/** Secrets by label: SHA-256 as an integer mod r. */
export function trapdoorFrom(prefix: string): Trapdoor {
  const scalar = (label: string): bigint => BigInt(sha256(utf8(prefix + label))) % SCALAR_ORDER;
  return {
    alpha: scalar('alpha'),
    beta: scalar('beta'),
    gamma: scalar('gamma'),
    delta: scalar('delta'),
    ic: [scalar('ic0'), scalar('ic1'), scalar('ic2'), scalar('ic3')],
  };
}

/** 704 bytes: alpha, beta, gamma, delta, IC0 to IC3. */
export function forgedKey({ alpha, beta, gamma, delta, ic }: Trapdoor): Uint8Array<ArrayBuffer> {
  return concatBytes(g1(alpha), g2(beta), g2(gamma), g2(delta), ...ic.map(g1));
}

/** 256 bytes, for A = a G1 and B = b G2 of the forger's choice: other choices give other proofs of the same statement. */
export function forgedProof(trapdoor: Trapdoor, signals: readonly [bigint, bigint, bigint], a = 7n, b = 11n): Uint8Array<ArrayBuffer> {
  const { alpha, beta, gamma, delta, ic } = trapdoor;
  const inputs = signals.reduce((sum, signal, i) => Fr.add(sum, Fr.mul(signal, ic[i + 1] ?? 0n)), ic[0]);
  const c = Fr.div(Fr.sub(Fr.mul(a, b), Fr.add(Fr.mul(alpha, beta), Fr.mul(inputs, gamma))), delta);
  return concatBytes(g1(a), g2(b), g1(c));
}

/** 64 bytes; zeros for the point at infinity. */
export function g1(scalar: bigint): Uint8Array {
  if (scalar === 0n) return new Uint8Array(64);
  const { x, y } = G1.Point.BASE.multiply(scalar).toAffine();
  return concatBytes(toBytes32(x), toBytes32(y));
}

/** 128 bytes, imaginary parts first (EIP-197). */
export function g2(scalar: bigint): Uint8Array {
  const { x, y } = G2.Point.BASE.multiply(scalar).toAffine();
  return concatBytes(toBytes32(x.c1), toBytes32(x.c0), toBytes32(y.c1), toBytes32(y.c0));
}
