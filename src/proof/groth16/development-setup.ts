/** Groth16 keys from a tau that everyone knows: INSECURE by design, made in seconds, always the same for the same relation (ePrint 2016/260, §3.2). */
import { DEVELOPMENT_TRAPDOOR } from '../../protocol/development-key.ts';
import { SCALAR_ORDER } from '../../protocol/field.ts';
import type { ProverEnvironment } from '../bn254/kernel-threads.ts';
import { openMultiplier, type Multiplier } from '../bn254/open-multiplier.ts';
import { inverse, reduce } from '../../protocol/field-arithmetic.ts';
import { lagrangeAt, oddLagrangeAt } from './lagrange.ts';
import { writeElement } from './little-endian.ts';
import type { SparseRelation } from './relation.ts';
import { writeZkey } from './zkey-file.ts';

const NOTE = 'INSECURE development key: tau is public, proofs can be forged';

/** @returns the .zkey file */
export async function developmentSetup(relation: SparseRelation, environment: ProverEnvironment): Promise<Uint8Array<ArrayBuffer>> {
  const multiplier = await openMultiplier(environment);
  try {
    return await setupWith(multiplier, relation);
  } finally {
    multiplier.close();
  }
}

/** For one relation after the other. */
export async function setupWith(multiplier: Multiplier, relation: SparseRelation): Promise<Uint8Array<ArrayBuffer>> {
  const { tau, alpha, beta, gamma, delta } = DEVELOPMENT_TRAPDOOR;
  const { wires, publics } = relation;
  const log = Math.ceil(Math.log2(relation.constraints + publics + 1));
  const { a, b, c } = wirePolynomials(relation, lagrangeAt(tau, log));
  const [byGamma, byDelta] = [inverse(gamma), inverse(delta)];
  const k = a.map((_, wire) => (reduce(beta * a[wire] + alpha * b[wire] + c[wire]) * (wire <= publics ? byGamma : byDelta)) % SCALAR_ORDER);
  const h = oddLagrangeAt(tau, log).map((value) => (value * byDelta) % SCALAR_ORDER);

  const [g1, g2] = [(scalars: readonly bigint[]) => multiplier.multiply(1, scalars), (scalars: readonly bigint[]) => multiplier.multiply(2, scalars)];
  const points = await g1([alpha, beta, delta]);
  const twins = await g2([beta, gamma, delta]);
  return writeZkey({
    wires,
    publics,
    domainSize: 2 ** log,
    alpha1: points.subarray(0, 64),
    beta1: points.subarray(64, 128),
    beta2: twins.subarray(0, 128),
    gamma2: twins.subarray(128, 256),
    delta1: points.subarray(128, 192),
    delta2: twins.subarray(256, 384),
    ic: await g1(k.slice(0, publics + 1)),
    coefficients: coefficientSection(relation),
    a: await g1(a),
    b1: await g1(b),
    b2: await g2(b),
    c: await g1(k.slice(publics + 1)),
    h: await g1(h),
    note: NOTE,
  });
}

interface WirePolynomials {
  readonly a: bigint[];
  readonly b: bigint[];
  readonly c: bigint[];
}

/** Each wire's polynomials at tau. Every public wire gets a row of its own, after the constraints, so that no statement can be moved to another. */
function wirePolynomials(
  { wires, publics, constraints, starts, wireOf, coefficientOf, coefficients }: SparseRelation,
  lagrange: readonly bigint[],
): WirePolynomials {
  const sums = [0, 1, 2].map(() => new Array<bigint>(wires).fill(0n));
  for (let row = 0; row < 3 * constraints; row++) {
    const sum = sums[row % 3];
    const at = lagrange[Math.floor(row / 3)];
    for (let entry = starts[row]; entry < starts[row + 1]; entry++) sum[wireOf[entry]] += coefficients[coefficientOf[entry]] * at;
  }
  for (let wire = 0; wire <= publics; wire++) sums[0][wire] += lagrange[constraints + wire];
  const [a, b, c] = sums.map((sum) => sum.map(reduce));
  return { a: a, b: b, c: c };
}

/** 2^512 mod r: snarkjs keeps coefficients in Montgomery form twice over. */
const DOUBLE_MONTGOMERY = 2n ** 512n % SCALAR_ORDER;

/** The entries of A and B; C is left out, as the prover computes it as a product. */
function coefficientSection({ publics, constraints, starts, wireOf, coefficientOf, coefficients }: SparseRelation): Uint8Array {
  const encoded = new Uint8Array(32 * (coefficients.length + 1));
  const encodedView = new DataView(encoded.buffer);
  [...coefficients, 1n].forEach((coefficient, i) => writeElement(encodedView, 32 * i, (coefficient * DOUBLE_MONTGOMERY) % SCALAR_ORDER));
  let entries = publics + 1;
  for (let i = 0; i < constraints; i++) entries += starts[3 * i + 2] - starts[3 * i];
  const bytes = new Uint8Array(4 + 44 * entries);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, entries, true);
  let at = 4;
  const put = (matrix: number, constraint: number, wire: number, coefficient: number): void => {
    view.setUint32(at, matrix, true);
    view.setUint32(at + 4, constraint, true);
    view.setUint32(at + 8, wire, true);
    bytes.set(encoded.subarray(32 * coefficient, 32 * coefficient + 32), at + 12);
    at += 44;
  };
  for (let i = 0; i < constraints; i++) {
    for (const matrix of [0, 1]) {
      const row = 3 * i + matrix;
      for (let entry = starts[row]; entry < starts[row + 1]; entry++) put(matrix, i, wireOf[entry], coefficientOf[entry]);
    }
  }
  for (let wire = 0; wire <= publics; wire++) put(0, constraints + wire, wire, coefficients.length);
  return bytes;
}
