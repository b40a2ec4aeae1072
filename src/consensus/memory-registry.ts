/** The registry's rules in memory: circuits by hash, heads by hash, and the check of a proof. */
import { fromHex, type Hex } from '../protocol/bytes.ts';
import { GROTH16_BN254, circuitId, isInsecure, type CircuitParts } from '../protocol/circuit.ts';
import { publicSignals } from '../protocol/domain.ts';
import { fromBytes, isScalar } from '../protocol/field.ts';
import { isDevelopmentKey, parseKey } from '../protocol/groth16-key.ts';
import type { Head } from '../protocol/heads.ts';
import type { Statement } from '../protocol/receipt.ts';
import { ok, type Result } from '../protocol/result.ts';
import { sha256 } from '../protocol/sha256.ts';
import type { LedgerFailure } from './ledger.ts';
import { refuse, type MemoryState, type MemoryTransaction } from './memory-state.ts';
import { sameHex } from '../protocol/same-hex.ts';

/** Where keys that anyone can forge for are at home. */
const DEVELOPMENT_CHAIN = 31337;
const EVIDENCE_BYTES = 288;

export function register(state: MemoryState, parts: CircuitParts, key: Hex): Result<void, LedgerFailure> {
  const bytes = fromHex(key);
  if (parts.system !== GROTH16_BN254) return refuse('BadKey');
  if (parts.values === 0) return refuse('BadKey');
  if (!sameHex(sha256(bytes), parts.key)) return refuse('BadKey');
  if (isInsecure(parts) && state.chainId !== DEVELOPMENT_CHAIN) return refuse('DevelopmentKey');
  if (!isInsecure(parts) && isDevelopmentKey(bytes)) return refuse('DevelopmentKey');
  if (!parseKey(bytes).ok) return refuse('BadKey');
  state.circuits.set(circuitId(parts), { parts, key });
  return ok(undefined);
}

export function publish(state: MemoryState, tx: MemoryTransaction, kind: Head['t'], head: Hex): Result<void, LedgerFailure> {
  state.heads.push({ id: sha256(fromHex(head)), bytes: head, publisher: tx.sender, kind });
  return ok(undefined);
}

/** @param about everything but the digest, which comes with the evidence */
export async function judge(state: MemoryState, about: Omit<Statement, 't' | 'digest'>, evidence: Hex): Promise<Result<void, LedgerFailure>> {
  const circuit = state.circuits.get(about.circuit.toLowerCase());
  if (circuit === undefined) return refuse('UnknownCircuit');
  if (about.values.length !== circuit.parts.values) return refuse('WrongValueCount');
  const bytes = fromHex(evidence);
  if (bytes.length !== EVIDENCE_BYTES) return refuse('ProofRejected');
  const digest = fromBytes(bytes.subarray(0, 32));
  if (!isScalar(digest) || !about.values.every(isScalar)) return refuse('InputTooLarge');
  const holds = await state.verifier.verify(fromHex(circuit.key), publicSignals({ ...about, digest }), bytes.subarray(32));
  return holds ? ok(undefined) : refuse('ProofRejected');
}
