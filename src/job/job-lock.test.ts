import { describe, expect, it } from 'vitest';
import { withJobLock, type Locks } from './job-lock.ts';
import { MemoryLocks } from './memory-locks.ts';
import { Stopped } from './waiting.ts';

/** A tab's work that lasts until told to end. */
function tab() {
  let end = (_value: string): void => {};
  let began = (): void => {};
  const started = new Promise<void>((resolve) => (began = resolve));
  const ended = new Promise<string>((resolve) => (end = resolve));
  const work = () => {
    began();
    return ended;
  };
  return { work, started, end };
}

const running = () => new AbortController().signal;

describe('two tabs of one browser', () => {
  it('lets one work while the other says so, and takes over when the first ends', async () => {
    const locks = new MemoryLocks();
    const [first, second] = [tab(), tab()];
    const said: string[] = [];
    const one = withJobLock(locks, running(), () => said.push('first waits'), first.work);
    await first.started;
    const other = withJobLock(locks, running(), () => said.push('second waits'), second.work);
    first.end('paid');
    expect(await one).toBe('paid');
    await second.started;
    second.end('paid too');
    expect(await other).toBe('paid too');
    expect(said).toEqual(['second waits']);
  });

  it('takes over after the first tab crashed', async () => {
    const locks = new MemoryLocks();
    let crash = (_error: Error): void => {};
    const one = withJobLock(
      locks,
      running(),
      () => {},
      () => new Promise((_, reject) => (crash = reject)),
    );
    const second = tab();
    const other = withJobLock(locks, running(), () => crash(new Error('killed')), second.work);
    await expect(one).rejects.toThrow('killed');
    await second.started;
    second.end('done');
    expect(await other).toBe('done');
  });

  it('lets the waiting tab stop, and does not grant it the lock later', async () => {
    const locks = new MemoryLocks();
    const [first, third] = [tab(), tab()];
    const one = withJobLock(locks, running(), () => {}, first.work);
    await first.started;
    const controller = new AbortController();
    const other = withJobLock(
      locks,
      controller.signal,
      () => controller.abort(),
      () => Promise.reject(new Error('worked without the lock')),
    );
    await expect(other).rejects.toBeInstanceOf(Stopped);
    const next = withJobLock(locks, running(), () => first.end('paid'), third.work);
    await one;
    await third.started;
    third.end('done');
    expect(await next).toBe('done');
  });

  it('has the shape of navigator.locks', () => {
    const browsers = (locks: LockManager): Locks => locks;
    expect(browsers).toBeTypeOf('function');
  });
});
