/**
 * The three public signals of every Groth16 circuit: `[domain, digest, fold]`.
 * The digest fixes the circuit's values before the domain exists; the domain hashes the digest together with the
 * contract's values; equal folds at that point then mean equal values, up to n/2^248 per attempt.
 */
import { encodeAbiParameters } from 'viem';
import { fromHex } from './bytes.ts';
import { SCALAR_ORDER, isScalar } from './field.ts';
import { poseidon } from './poseidon.ts';
import type { Statement } from './receipt.ts';
import { sha256 } from './sha256.ts';

const MAX_ARITY = 16;
const WORDS_A_LINK = 15;

/**
 * Poseidon of the values for 1 to 16 of them; beyond that the chain h₀ = n, h = Poseidon(16)(h, 15 values), zero-padded.
 * @throws RangeError without values, or on a value ≥ r
 * @example
 * digestOf([1n, 2n]) // 7853200120776062878684798364095072458815029376092732009249414926327459813530n
 */
export function digestOf(values: readonly bigint[]): bigint {
  if (values.length <= MAX_ARITY) return poseidon(values);
  return poseidonChain(BigInt(values.length), values);
}

/** Poseidon(16) chained over words, 15 at a time and zero-padded, from a first state. */
export function poseidonChain(first: bigint, words: readonly bigint[]): bigint {
  let state = first;
  for (let i = 0; i < words.length; i += WORDS_A_LINK) {
    const link = words.slice(i, i + WORDS_A_LINK);
    state = poseidon([state, ...link, ...Array.from({ length: WORDS_A_LINK - link.length }, () => 0n)]);
  }
  return state;
}

/**
 * SHA-256 over `abi.encode("prooftab/1", chainId, contract, subject, unit, beneficiary, circuit, digest, values)`, shifted to 248 bits.
 * It multiplies witness values in the circuit, so a proof made for one domain says nothing in another.
 */
export function domainOf(statement: Omit<Statement, 't'>): bigint {
  const encoded = encodeAbiParameters(
    [
      { type: 'string' },
      { type: 'uint256' },
      { type: 'address' },
      { type: 'bytes32' },
      { type: 'uint32' },
      { type: 'address' },
      { type: 'bytes32' },
      { type: 'uint256' },
      { type: 'uint256[]' },
    ],
    [
      'prooftab/1',
      BigInt(statement.chain),
      statement.contract,
      statement.subject,
      statement.unit,
      statement.beneficiary,
      statement.circuit,
      statement.digest,
      statement.values,
    ],
  );
  return BigInt(sha256(fromHex(encoded))) >> 8n;
}

/**
 * Σ vᵢ·domainⁱ mod r, i from 1, by Horner's rule from the last value.
 * @example
 * foldOf([3n, 5n], 10n) // 530n
 */
export function foldOf(values: readonly bigint[], domain: bigint): bigint {
  return values.reduceRight((sum, value) => ((sum + value) * domain) % SCALAR_ORDER, 0n);
}

/** What a verifier passes to the pairing check. The digest is taken from the statement: compare it with {@link digestOf} offline. */
export function publicSignals(statement: Omit<Statement, 't'>): readonly [domain: bigint, digest: bigint, fold: bigint] {
  if (!statement.values.every(isScalar) || !isScalar(statement.digest)) throw new RangeError('values and digest must be field elements below r');
  const domain = domainOf(statement);
  return [domain, statement.digest, foldOf(statement.values, domain)];
}
