import { readFileSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { vectors } from './vectors.ts';

it('finds every committed vector as the protocol makes it today', async () => {
  for (const [name, content] of Object.entries(await vectors())) {
    const committed: unknown = JSON.parse(readFileSync(new URL(`../fixtures/vectors/${name}`, import.meta.url), 'utf8'));
    expect(JSON.parse(JSON.stringify(content)), name).toEqual(committed);
  }
});

it('finds no vector that nothing makes', async () => {
  expect(readdirSync(new URL('../fixtures/vectors/', import.meta.url)).sort()).toEqual(Object.keys(await vectors()).sort());
});
