import { expect, it } from 'vitest';
import type { BlobId } from '../protocol/ids.ts';
import { sha256 } from '../protocol/sha256.ts';
import { shardId } from '../protocol/shard-tree.ts';
import type { Content } from '../storage/shard-store.ts';
import { withMirror } from './http-mirror.ts';
import { MemoryNeighbourhood } from './memory-network.ts';
import { sampleBytes, serving, summary } from './peer-network-suite.ts';
import type { PeerNetwork } from './peer-network.ts';

const bytes = sampleBytes(500_000, 1);
const blob: Content = { kind: 'blob', id: sha256(bytes) as BlobId };
const shard: Content = { kind: 'shard', id: shardId(bytes) };
const MIRROR = 'https://mirror.example';

/** Answers in parts of 100 kB, and notes every URL it is asked for. */
function mirror(body: Uint8Array<ArrayBuffer> | null, asked: string[] = []): typeof fetch {
  return (input) => {
    asked.push(input instanceof Request ? input.url : input.toString());
    if (body === null) return Promise.resolve(new Response('', { status: 404 }));
    let at = 0;
    const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull: (controller) => {
        if (at >= body.length) controller.close();
        else controller.enqueue(body.slice(at, at + 100_000));
        at += 100_000;
      },
    });
    return Promise.resolve(new Response(stream));
  };
}

function networkWith(...held: readonly (readonly [Content, Uint8Array])[]): PeerNetwork {
  const neighbourhood = new MemoryNeighbourhood();
  neighbourhood.join('custodian', serving(...held));
  return neighbourhood.join('volunteer', {});
}

it('takes a public blob from the mirror, with progress, from its own path', async () => {
  const asked: string[] = [];
  const progress: number[] = [];
  const fetched = await withMirror(networkWith(), [`${MIRROR}/`], mirror(bytes, asked)).fetch(blob, bytes.length, (received) =>
    progress.push(received),
  );
  expect(summary(fetched)).toEqual({ from: `${MIRROR}/`, direct: false, hash: blob.id });
  expect(asked).toEqual([`${MIRROR}/${blob.id.slice(2)}`]);
  expect(progress).toEqual([100_000, 200_000, 300_000, 400_000, 500_000]);
});

it('never asks a mirror for a sealed shard', async () => {
  const asked: string[] = [];
  const fetched = await withMirror(networkWith([shard, bytes]), [MIRROR], mirror(bytes, asked)).fetch(shard, bytes.length);
  expect(fetched.ok && fetched.value.from).toBe('memory-1');
  expect(asked).toEqual([]);
});

it('falls back to peers when mirrors lack it, are down, lie, or send too much', async () => {
  const down: typeof fetch = () => Promise.reject(new TypeError('failed to fetch'));
  for (const request of [mirror(null), down, mirror(sampleBytes(500_000, 9)), mirror(sampleBytes(600_000, 9))]) {
    expect(summary(await withMirror(networkWith([blob, bytes]), [MIRROR], request).fetch(blob, bytes.length))).toEqual({
      from: 'memory-1',
      direct: true,
      hash: blob.id,
    });
  }
});

it('says what was wrong with the mirror when nobody else has it', async () => {
  expect(summary(await withMirror(networkWith(), [MIRROR], mirror(sampleBytes(500_000, 9))).fetch(blob, bytes.length))).toEqual({
    kind: 'mismatch',
    from: MIRROR,
  });
  expect(summary(await withMirror(networkWith(), [MIRROR], mirror(sampleBytes(600_000, 9))).fetch(blob, bytes.length))).toEqual({
    kind: 'too-large',
    limit: bytes.length,
  });
  expect(summary(await withMirror(networkWith(), [MIRROR], mirror(null)).fetch(blob, bytes.length))).toEqual({
    kind: 'not-found',
    asked: ['memory-1'],
  });
});
