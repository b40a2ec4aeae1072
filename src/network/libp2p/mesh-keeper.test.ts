import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MAX_DIALS, MAX_LINKS, MeshKeeper } from './mesh-keeper.ts';

describe('mesh keeper', () => {
  let linked: Set<string>;
  let dialled: string[];
  let pending: Map<string, { succeed(): void; fail(): void }>;
  let keeper: MeshKeeper;

  const start = (self: string, candidates: readonly string[]): void => {
    keeper = new MeshKeeper({
      self,
      linked: () => linked,
      candidates: () => candidates,
      random: () => 0.5,
      dial: async (peer) => {
        dialled.push(peer);
        return new Promise((resolve, reject) => {
          const succeed = (): void => {
            linked.add(peer);
            resolve();
          };
          const fail = (): void => {
            reject(new Error('no route'));
          };
          pending.set(peer, { succeed, fail });
        });
      },
    });
  };
  const after = async (ms: number): Promise<void> => {
    await vi.advanceTimersByTimeAsync(ms);
  };

  beforeEach(() => {
    vi.useFakeTimers();
    linked = new Set();
    dialled = [];
    pending = new Map();
  });
  afterEach(() => {
    keeper.close();
    vi.useRealTimers();
  });

  it('lets the smaller id dial at once, and the larger only when that did not happen', async () => {
    start('m', ['a', 'z']);
    await after(1000);
    expect(dialled).toEqual(['z']);
    await after(5000);
    expect(dialled).toEqual(['z', 'a']);
  });

  it('makes at most four handshakes at a time, and keeps at most twelve links', async () => {
    start(
      '0',
      Array.from({ length: 20 }, (_, i) => `p${String(i)}`),
    );
    await after(1000);
    expect(dialled).toHaveLength(MAX_DIALS);
    for (let round = 0; round < 10; round++) {
      for (const dial of pending.values()) dial.succeed();
      await after(1000);
    }
    expect(linked.size).toBe(MAX_LINKS);
    expect(dialled).toHaveLength(MAX_LINKS);
  });

  it('waits longer after each failure, and never dials itself or a linked peer', async () => {
    linked.add('b');
    start('a', ['a', 'b', 'c']);
    await after(1000);
    pending.get('c')?.fail();
    await after(1000);
    expect(dialled).toEqual(['c']);
    await after(2000);
    expect(dialled).toEqual(['c', 'c']);
    pending.get('c')?.fail();
    await after(3000);
    expect(dialled).toHaveLength(2);
    await after(2000);
    expect(dialled).toHaveLength(3);
  });
});
