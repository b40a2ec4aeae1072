/** Parts of a file one after the other, the next ones asked for before they are needed: a browser takes milliseconds to answer each. */
import type { ByteSource } from './byte-source.ts';
import type { SectionPlace } from './section-table.ts';

/** Bytes that are read at a time, and how many reads are under way: what is held of a key beside the kernel's memory. */
const CHUNK = 1 << 19;
const AHEAD = 4;

/**
 * @param unit bytes that stay together
 * @example
 * rangesOf({ offset: 10, length: 100 }, 44) // [{ offset: 10, length: 100 }]
 */
export function rangesOf({ offset, length }: SectionPlace, unit: number): SectionPlace[] {
  const most = CHUNK - (CHUNK % unit);
  return Array.from({ length: Math.ceil(length / most) }, (_, i) => ({ offset: offset + i * most, length: Math.min(most, length - i * most) }));
}

/** Each call gives the next range's bytes, which are good until the call after it. */
export function readAhead(source: ByteSource, ranges: readonly SectionPlace[]): () => Promise<Uint8Array> {
  const underWay: Promise<Uint8Array>[] = [];
  // One more than are under way: that one is being used.
  const buffers = Array.from({ length: Math.min(ranges.length, AHEAD + 1) }, () => new Uint8Array(CHUNK));
  let asked = 0;
  return () => {
    while (asked < ranges.length && underWay.length < AHEAD) {
      const { offset, length } = ranges[asked];
      const reading = source.read(offset, length, buffers[asked % buffers.length]);
      asked++;
      // Told to whoever takes it; until then nobody listens.
      reading.catch(() => undefined);
      underWay.push(reading);
    }
    const first = underWay.shift();
    if (first === undefined) throw new Error('more is read than the sections hold');
    return first;
  };
}
