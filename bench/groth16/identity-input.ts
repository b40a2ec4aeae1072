/** A credential that satisfies the identity circuit: signed with EdDSA-Poseidon on BabyJubjub (ERC-2494), as circomlib verifies it. */
import { poseidon2, poseidon5, poseidon8 } from 'poseidon-lite';
import { SCALAR_ORDER } from '../../src/protocol/field.ts';
import { inverse, reduce } from '../../src/protocol/field-arithmetic.ts';

type Point = readonly [bigint, bigint];

const [A, D] = [168700n, 168696n];
const BASE: Point = [
  5299619240641551281634865583518297030282874472190772894086521144482721001553n,
  16950150798460657717958625567821834550301663161624707787222815936182638968203n,
];
const SUBGROUP_ORDER = 2736030358979909402780800718157159386076813972158567259200215660948447373041n;

function add([x1, y1]: Point, [x2, y2]: Point): Point {
  const product = reduce(D * x1 * x2 * y1 * y2);
  return [reduce((x1 * y2 + y1 * x2) * inverse(1n + product)), reduce((y1 * y2 - A * x1 * x2) * inverse(reduce(1n - product)))];
}

function multiply(point: Point, scalar: bigint): Point {
  let [sum, doubled]: [Point, Point] = [[0n, 1n], point];
  for (let rest = scalar; rest > 0n; rest >>= 1n) {
    if (rest & 1n) sum = add(sum, doubled);
    doubled = add(doubled, doubled);
  }
  return sum;
}

/** @param depth of both trees */
export function identityInput(depth: number): Readonly<Record<string, unknown>> {
  const claims = Array.from({ length: 8 }, (_, i) => 1_000_003n * BigInt(i + 1));
  const [secret, random] = [123456789012345678901234567890n, 987654321098765432109876543210n];
  const [issuer, nonce] = [multiply(BASE, secret), multiply(BASE, random)];
  const challenge = poseidon5([...nonce, ...issuer, poseidon8(claims)]);
  const path = (seed: bigint) => Array.from({ length: depth }, (_, i) => poseidon2([seed, BigInt(i)]) % SCALAR_ORDER);
  const sides = Array.from({ length: depth }, (_, i) => i % 2);
  return {
    claims,
    issuer,
    nonce,
    signature: (random + 8n * challenge * secret) % SUBGROUP_ORDER,
    issuerSibling: path(1n),
    issuerSide: sides,
    stateSibling: path(2n),
    stateSide: sides,
    atLeast: 18n,
    atMost: 2n ** 40n,
    scope: 77n,
  };
}
