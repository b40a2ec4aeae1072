/** What stands behind a statement's subject: the file carries only its hash, so whoever checks brings the rest, or asks the chain. */
import { headId, type Details } from '../../protocol/heads.ts';
import type { Statement } from '../../protocol/receipt.ts';
import { sameHex } from '../../protocol/same-hex.ts';
import { taskId, type Terms } from '../../protocol/terms.ts';

export interface TaskBehind {
  readonly terms: Terms;
  /** Null where nobody has them: the terms alone already name the circuit. */
  readonly details: Details | null;
}

/** The task that the subject is the hash of, if one of those offered is; with details only where its terms name them. */
export function taskBehind({ chain, contract, subject }: Statement, offered: readonly (TaskBehind | null)[]): TaskBehind | null {
  const fitting = offered.filter((task) => task !== null).filter(({ terms }) => taskId(chain, contract, terms) === subject);
  const [first] = fitting;
  if (first === undefined) return null;
  const details = fitting.map((task) => task.details).find((head) => head !== null && sameHex(headId(head), first.terms.details));
  return { terms: first.terms, details: details ?? null };
}

/** Whether the task asks for the circuit that the statement names. Anyone can prove the task's values with a circuit and key of their own. */
export function asksForCircuit({ terms }: TaskBehind, { circuit }: Statement): boolean {
  return sameHex(terms.circuit, circuit);
}
