/** Writes the keys, and the secrets behind them, from which the contract tests forge their proofs: contracts/test/fixtures/keys.json. */
import { writeFileSync } from 'node:fs';
import { bn254 } from '@noble/curves/bn254.js';
import { concatBytes, toHex, type Hex } from '../src/protocol/bytes.ts';
import { toHex32 } from '../src/protocol/field.ts';
import { developmentTrapdoor, forgedKey, g2, trapdoorFrom, type Trapdoor } from '../src/consensus/forged-key.ts';
import { sha256 } from '../src/protocol/sha256.ts';

const Fr = bn254.fields.Fr;

function secretsOf(trapdoor: Trapdoor): Record<string, Hex | Hex[]> {
  return {
    key: toHex(forgedKey(trapdoor)),
    alphaBeta: toHex32(Fr.mul(trapdoor.alpha, trapdoor.beta)),
    gamma: toHex32(trapdoor.gamma),
    inverseDelta: toHex32(Fr.inv(trapdoor.delta)),
    ic: trapdoor.ic.map(toHex32),
  };
}

const ordinary = trapdoorFrom('prooftab/contract-test-key/1/');
const file = new URL('../contracts/test/fixtures/keys.json', import.meta.url);
writeFileSync(
  file,
  `${JSON.stringify(
    {
      development: secretsOf(developmentTrapdoor),
      developmentPoints: sha256(forgedKey(developmentTrapdoor).subarray(0, 448)),
      ordinary: secretsOf(ordinary),
      gammaIsDelta: toHex(forgedKey({ ...ordinary, delta: ordinary.gamma })),
      gammaIsMinusDelta: toHex(forgedKey({ ...ordinary, delta: Fr.neg(ordinary.gamma) })),
      deltaIsGenerator: toHex(forgedKey({ ...ordinary, delta: 1n })),
      deltaIsMinusGenerator: toHex(forgedKey({ ...ordinary, delta: Fr.neg(1n) })),
      // B of every forged proof is this multiple of the generator of G2, which no precompile multiplies.
      b: toHex32(11n),
      pointB: toHex(concatBytes(g2(11n))),
      minusPointB: toHex(concatBytes(g2(bn254.fields.Fr.ORDER - 11n))),
    },
    null,
    2,
  )}\n`,
);
