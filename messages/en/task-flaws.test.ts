import { expect, it } from 'vitest';
import type { TaskFlaw } from '../../src/marketplace/bad-task.ts';
import { taskFlawWords } from './task-flaws.ts';

/** The keys: where anyone could forge, a person is told so before anything else. */
it.each<[TaskFlaw, string, string]>([
  ['forgeable-key', 'Anyone can forge proofs of this task', 'gamma = ±delta, or delta = ±generator'],
  ['development-key', 'This task uses a development key, and this chain allows none', 'Such keys belong on chain 31337 alone.'],
  ['unmarked-development-key', 'This task hides that its key is a development key', 'Its circuit must be marked INSECURE, and is not.'],
])('%s reads: %s', (flaw, happened, why) => {
  const said = taskFlawWords(flaw);
  expect(said.happened).toBe(happened);
  expect(said.because).toContain(why);
});

/** The type makes a new flaw a compile error here until it is listed. */
const others: Readonly<Record<Exclude<TaskFlaw, 'forgeable-key' | 'development-key' | 'unmarked-development-key'>, string>> = {
  'circuit-key': 'Its key is malformed, or is not the one that its circuit names.',
  'circuit-unknown': 'The registry does not know its circuit.',
  'circuit-id': 'Its circuit is not the one that the registry’s id stands for.',
  'circuit-kind': 'Its circuit is of a kind that this tab cannot prove.',
  'task-id': 'Its terms are not the ones that its id stands for.',
  'judge-unknown': 'It is judged by a contract that this tab does not know.',
  'gate-unknown': 'It asks a contract that this tab does not know who may claim.',
  'details-missing': 'Nobody published its details.',
  'dataset-missing': 'Nobody published its data set.',
  'dataset-owner': 'Its data set was not published by the owner that it names.',
  'inputs-missing': 'Nobody published which rows each unit is about.',
  'model-missing': 'Nobody published its model.',
  'artefacts-missing': 'Nobody published where its files are.',
  'shard-list': 'The list of its data set’s shards is malformed, or of another length than the data set.',
  'shard-list-root': 'The list of its data set’s shards does not lead to the data set’s root.',
  'input-node': 'This unit’s rows are not in the shard that the task names.',
};

it.each(Object.entries(others))('%s reads: %s', (flaw, because) => {
  expect(taskFlawWords(flaw)).toEqual({ happened: 'This task does not add up', because });
});

it('says of a flaw that it does not know what all of them have in common', () => {
  expect(taskFlawWords('new')).toEqual({ happened: 'This task does not add up', because: 'What it names does not match its fingerprint.' });
});
