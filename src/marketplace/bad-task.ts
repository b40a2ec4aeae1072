/** A task that does not add up: what it names is missing, or contradicts the rest. */
import { fail } from '../protocol/result.ts';

export type TaskFlaw =
  | 'task-id'
  | 'judge-unknown'
  | 'gate-unknown'
  | 'circuit-unknown'
  | 'circuit-id'
  | 'circuit-kind'
  /** Malformed, or not the one that the circuit names. */
  | 'circuit-key'
  /** γ = ±δ, or δ is the generator or its negative: anyone can forge any proof. */
  | 'forgeable-key'
  /** Off the development chain. */
  | 'development-key'
  /** On it, without the flag that says INSECURE. */
  | 'unmarked-development-key'
  | 'details-missing'
  | 'dataset-missing'
  | 'dataset-owner'
  | 'inputs-missing'
  | 'model-missing'
  | 'artefacts-missing'
  | 'shard-list'
  | 'shard-list-root'
  | 'input-node';

export interface BadTask {
  readonly kind: 'bad-task';
  readonly detail: TaskFlaw;
}

/**
 * @example
 * badTask('circuit-id') // { ok: false, failure: { kind: 'bad-task', detail: 'circuit-id' } }
 */
export function badTask(detail: TaskFlaw): { readonly ok: false; readonly failure: BadTask } {
  return fail({ kind: 'bad-task', detail });
}
