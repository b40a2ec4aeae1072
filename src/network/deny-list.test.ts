import { expect, it } from 'vitest';
import { DenyList } from './deny-list.ts';

function records(): { get(key: string): Promise<unknown>; put(key: string, value: unknown): Promise<void> } {
  const stored = new Map<string, unknown>();
  return {
    get: (key) => Promise.resolve(stored.get(key)),
    put: (key, value) => {
      stored.set(key, structuredClone(value));
      return Promise.resolve();
    },
  };
}

it('outlives its process', async () => {
  const store = records();
  const list = await DenyList.load(store);
  expect(list.has('liar')).toBe(false);
  await list.add('liar');
  expect((await DenyList.load(store)).has('liar')).toBe(true);
});

it('stays bounded: the oldest fall out', async () => {
  const store = records();
  const list = await DenyList.load(store);
  for (let i = 0; i <= 1000; i++) await list.add(`peer-${String(i)}`);
  expect([list.has('peer-0'), list.has('peer-1'), list.has('peer-1000')]).toEqual([false, true, true]);
  expect((await DenyList.load(store)).has('peer-0')).toBe(false);
});

it('reads a damaged record as an empty list, and works without a store', async () => {
  const store = records();
  await store.put('network/denied', { not: 'a list' });
  const list = await DenyList.load(store);
  expect(list.has('not')).toBe(false);
  const broken = await DenyList.load({ get: (key) => store.get(key), put: () => Promise.reject(new Error('quota')) });
  await broken.add('liar');
  expect(broken.has('liar')).toBe(true);
});
