import { expect, it } from 'vitest';
import { contributeWords } from './contribute.ts';

it('says before the first press who can read a shard, that answers are public, and that a proof does not make anyone forget', () => {
  const said = contributeWords.leaves.map(({ text }) => text).join('\n');
  expect(said).toContain('Until a unit is claimed, only the owner of the data can read its shard.');
  expect(said).toContain('Answers are public');
  expect(said).toContain('A proof does not make a claimant forget: whoever claims a unit sees its images and could keep them.');
});

it('says of each grade who sees the images', () => {
  expect(contributeWords.grades).toEqual({
    0: 'Everyone: this data is public',
    1: 'Their owner, who works on its own data',
    2: 'Their owner, and whoever claims the unit',
  });
});
