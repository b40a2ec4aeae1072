/** Reading ahead: in order, a few at a time, and no failure lost. */
import { describe, expect, it } from 'vitest';
import type { ByteSource } from './byte-source.ts';
import { rangesOf, readAhead } from './read-ahead.ts';

/** Byte i of the file is i modulo 251. */
function source(read: (offset: number) => Promise<void> = () => Promise.resolve()) {
  const seen: { offset: number; into: Uint8Array | undefined }[] = [];
  const file: ByteSource = {
    size: 10_000_000,
    async read(offset, length, into) {
      seen.push({ offset, into });
      await read(offset);
      const bytes = into?.subarray(0, length) ?? new Uint8Array(length);
      for (let i = 0; i < length; i++) bytes[i] = (offset + i) % 251;
      return bytes;
    },
  };
  return { file, seen };
}

describe('reading ahead', () => {
  it('cuts a section where its entries end', () => {
    const ranges = rangesOf({ offset: 7, length: 44 * 30_000 }, 44);
    expect(ranges.every(({ length }) => length % 44 === 0)).toBe(true);
    expect(ranges.reduce((end, { offset, length }) => (offset === end ? end + length : -1), 7)).toBe(7 + 44 * 30_000);
    expect(rangesOf({ offset: 7, length: 0 }, 1)).toEqual([]);
  });

  it('gives each range its own bytes, and asks for a few before they are needed', async () => {
    const { file, seen } = source();
    const ranges = rangesOf({ offset: 3, length: 5_000_000 }, 1);
    const next = readAhead(file, ranges);
    for (const [i, { offset, length }] of ranges.entries()) {
      const bytes = await next();
      expect([bytes.length, bytes[0], bytes.at(-1)]).toEqual([length, offset % 251, (offset + length - 1) % 251]);
      expect(seen.length - i).toBeLessThanOrEqual(4);
    }
    expect(seen.map(({ offset }) => offset)).toEqual(ranges.map(({ offset }) => offset));
    // However long the file: what was read is read over.
    expect(new Set(seen.map(({ into }) => into?.buffer)).size).toBe(5);
    expect(next).toThrow('more is read');
  });

  it('tells of a read that failed when its turn comes', async () => {
    const ranges = rangesOf({ offset: 0, length: 3_000_000 }, 1);
    const { file } = source((offset) => (offset === ranges[2].offset ? Promise.reject(new Error('the disk went away')) : Promise.resolve()));
    const next = readAhead(file, ranges);
    await next();
    await next();
    await expect(next()).rejects.toThrow('the disk went away');
  });
});
