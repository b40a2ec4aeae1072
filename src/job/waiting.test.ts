import { describe, expect, it } from 'vitest';
import { Stopped, backoff, systemTimer, unlessStopped } from './waiting.ts';

describe('unlessStopped', () => {
  it('hands on what the promise brings', async () => {
    const { signal } = new AbortController();
    expect(await unlessStopped(signal, Promise.resolve(7))).toBe(7);
    await expect(unlessStopped(signal, Promise.reject(new Error('mine')))).rejects.toThrow('mine');
  });

  it('ends at once when stopped, although the promise never does', async () => {
    const controller = new AbortController();
    const waiting = unlessStopped(controller.signal, new Promise(() => {}));
    controller.abort();
    await expect(waiting).rejects.toBeInstanceOf(Stopped);
  });

  it('does not begin when it is already stopped', async () => {
    await expect(unlessStopped(AbortSignal.abort(), Promise.resolve(7))).rejects.toBeInstanceOf(Stopped);
  });
});

describe('systemTimer', () => {
  it('waits no longer than until Stop', async () => {
    const controller = new AbortController();
    const waiting = systemTimer.after(2 ** 30, controller.signal);
    controller.abort();
    await expect(waiting).resolves.toBeUndefined();
    await expect(systemTimer.after(2 ** 30, controller.signal)).resolves.toBeUndefined();
  });

  it('comes back by itself', async () => {
    await expect(systemTimer.after(1, new AbortController().signal)).resolves.toBeUndefined();
  });
});

it('waits longer each time, up to five seconds', () => {
  expect([0, 1, 2, 3, 4, 50].map(backoff)).toEqual([500, 1_000, 2_000, 4_000, 5_000, 5_000]);
});
