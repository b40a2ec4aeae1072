/** Whether the circuit, key and model in the file are the ones that the statement's circuit id names, and what is known of them. */
import { fromHex } from '../../protocol/bytes.ts';
import { circuitId, isInsecure } from '../../protocol/circuit.ts';
import { isDevelopmentKey, parseKey } from '../../protocol/groth16-key.ts';
import { isDemonstration } from '../../protocol/demonstration.ts';
import { headId } from '../../protocol/heads.ts';
import type { CircuitId } from '../../protocol/ids.ts';
import type { Receipt } from '../../protocol/receipt.ts';
import { sha256 } from '../../protocol/sha256.ts';
import type { CircuitFault, CircuitFinding } from './findings.ts';
import { asksForCircuit, type TaskBehind } from './task.ts';

/** Roots of trust are the verifier's: circuits it compiled, and circuits that a list it trusts names. */
export interface TrustedCircuits {
  readonly recompiled?: readonly CircuitId[];
  readonly listed?: readonly CircuitId[];
}

/** The one chain where a key that anyone can forge with may be used: nothing there is worth forging. */
const DEVELOPMENT_CHAIN = 31337;

export function checkCircuit({ statement, material }: Receipt, task: TaskBehind | null, trusted: TrustedCircuits): CircuitFinding {
  const key = fromHex(material.key);
  const parts = material.circuit;
  const isDevelopment = isDevelopmentKey(key);
  const isMarked = isInsecure(parts);
  const insecure = isDevelopment || isMarked;
  const broken = (because: CircuitFault): CircuitFinding => ({ state: 'broken', insecure, because });

  if (circuitId(parts) !== statement.circuit) return broken('id');
  if (sha256(key) !== parts.key) return broken('key-hash');
  if (!parseKey(key).ok) return broken('key');
  if (headId(material.model) !== parts.model) return broken('model');
  if (task !== null && !asksForCircuit(task, statement)) return broken('other-circuit');
  if (isDevelopment && !isMarked) return broken('unmarked-development-key');
  // A demonstration is for no chain, so nobody can be paid by it: it is said to be forgeable, and not refused.
  const harmless = statement.chain === DEVELOPMENT_CHAIN || isDemonstration(statement, material.dataset);
  if (insecure && !harmless) return broken('development-key');

  const knows = (list: readonly CircuitId[] | undefined): boolean => list?.includes(statement.circuit) ?? false;
  const state = knows(trusted.recompiled) ? 'recompiled' : knows(trusted.listed) ? 'listed' : 'unknown';
  return { state, insecure, model: parts.model };
}
