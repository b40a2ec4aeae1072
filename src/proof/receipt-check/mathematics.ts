/** Whether the proof holds for the statement as the file gives it: everything is recomputed, nothing is taken from the file's word. */
import { fromHex } from '../../protocol/bytes.ts';
import { GROTH16_BN254, INFER_VALUES, KIND_INFER } from '../../protocol/circuit.ts';
import { digestOf, publicSignals } from '../../protocol/domain.ts';
import { isScalar } from '../../protocol/field.ts';
import { parseKey } from '../../protocol/groth16-key.ts';
import { proofFromBytes } from '../../protocol/groth16-proof.ts';
import type { Receipt } from '../../protocol/receipt.ts';
import type { Verifier } from '../verifier.ts';
import type { Mathematics } from './findings.ts';

export async function checkMathematics({ statement, proof, material }: Receipt, verifier: Verifier): Promise<Mathematics> {
  if (proof.system !== GROTH16_BN254 || material.circuit.system !== proof.system) return fails('system');
  // The fold cannot see trailing zeros, so the count is part of the circuit.
  if (statement.values.length === 0 || statement.values.length !== material.circuit.values) return fails('value-count');
  // With one value alone the answers would be read out of nothing.
  if (material.circuit.kind === KIND_INFER && statement.values.length !== INFER_VALUES) return fails('value-count');
  if (![...statement.values, statement.digest].every(isScalar)) return fails('value-range');
  if (digestOf(statement.values) !== statement.digest) return fails('digest');
  const key = fromHex(material.key);
  if (!parseKey(key).ok) return fails('key');
  if (proofFromBytes(proof.bytes) === null) return fails('proof');
  return (await verifier.verify(key, publicSignals(statement), proof.bytes)) ? { state: 'holds' } : fails('equation');
}

function fails(because: Extract<Mathematics, { state: 'fails' }>['because']): Mathematics {
  return { state: 'fails', because };
}
