/** Words for what does not add up in a task, by what was found. */
import type { TaskFlaw } from '../../src/marketplace/bad-task.ts';

interface FlawWords {
  readonly happened: string;
  readonly because: string;
}

const DOES_NOT_ADD_UP = 'This task does not add up';
const because = (text: string): FlawWords => ({ happened: DOES_NOT_ADD_UP, because: text });

const flaws: Readonly<Record<TaskFlaw, FlawWords>> = {
  'forgeable-key': {
    happened: 'Anyone can forge proofs of this task',
    because: 'Its key lets anyone forge (gamma = ±delta, or delta = ±generator), so a payment for it would prove nothing.',
  },
  'development-key': {
    happened: 'This task uses a development key, and this chain allows none',
    because: 'The secret of a development key is public, so anyone could forge proofs and take the payment. Such keys belong on chain 31337 alone.',
  },
  'unmarked-development-key': {
    happened: 'This task hides that its key is a development key',
    because: 'The secret of a development key is public, so anyone could forge proofs. Its circuit must be marked INSECURE, and is not.',
  },
  'circuit-key': because('Its key is malformed, or is not the one that its circuit names.'),
  'circuit-unknown': because('The registry does not know its circuit.'),
  'circuit-id': because('Its circuit is not the one that the registry’s id stands for.'),
  'circuit-kind': because('Its circuit is of a kind that this tab cannot prove.'),
  'task-id': because('Its terms are not the ones that its id stands for.'),
  'judge-unknown': because('It is judged by a contract that this tab does not know.'),
  'gate-unknown': because('It asks a contract that this tab does not know who may claim.'),
  'details-missing': because('Nobody published its details.'),
  'dataset-missing': because('Nobody published its data set.'),
  'dataset-owner': because('Its data set was not published by the owner that it names.'),
  'inputs-missing': because('Nobody published which rows each unit is about.'),
  'model-missing': because('Nobody published its model.'),
  'artefacts-missing': because('Nobody published where its files are.'),
  'shard-list': because('The list of its data set’s shards is malformed, or of another length than the data set.'),
  'shard-list-root': because('The list of its data set’s shards does not lead to the data set’s root.'),
  'input-node': because('This unit’s rows are not in the shard that the task names.'),
};

/** @param flaw a {@link TaskFlaw}; an older page may be told of one that it does not know */
export function taskFlawWords(flaw: string): FlawWords {
  const known: Readonly<Record<string, FlawWords | undefined>> = flaws;
  return known[flaw] ?? because('What it names does not match its fingerprint.');
}
