import type { Curve } from 'snarkjs';
import { beforeEach, expect, it, vi } from 'vitest';
import { withCurveThreads } from './curve-threads.ts';

const { start, terminate } = vi.hoisted(() => ({ start: vi.fn<() => Promise<Pick<Curve, 'tm' | 'terminate'>>>(), terminate: vi.fn() }));
vi.mock('snarkjs', () => ({ curves: { getCurveFromName: start } }));

beforeEach(() => {
  terminate.mockReset();
  start.mockReset().mockResolvedValue({ tm: { code: new Uint8Array(), concurrency: 2 }, terminate });
});

const count = (threads: number): Promise<number> => Promise.resolve(threads);

it('starts one set of threads for all who work at once, and ends it after the last', async () => {
  let release = (): void => undefined;
  const long = withCurveThreads(() => new Promise<void>((resolve) => (release = resolve)));
  expect(await Promise.all([withCurveThreads(count), withCurveThreads(count)])).toEqual([2, 2]);
  expect(terminate).not.toHaveBeenCalled();
  release();
  await long;
  expect(start).toHaveBeenCalledTimes(1);
  expect(terminate).toHaveBeenCalledTimes(1);
});

it('ends the threads of work that fails', async () => {
  await expect(withCurveThreads(() => Promise.reject(new Error('out of memory')))).rejects.toThrow('out of memory');
  expect(terminate).toHaveBeenCalledTimes(1);
});

it('starts afresh after threads that did not start, and ends what it started then', async () => {
  start.mockRejectedValueOnce(new Error('no WebAssembly memory'));
  const both = await Promise.allSettled([withCurveThreads(count), withCurveThreads(count)]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await withCurveThreads(count)).toBe(2);
  expect(terminate).toHaveBeenCalledTimes(1);
});
