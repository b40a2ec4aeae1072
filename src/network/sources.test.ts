import { describe, expect, it } from 'vitest';
import type { BlobId } from '../protocol/ids.ts';
import { sha256 } from '../protocol/sha256.ts';
import { shardId, shardNodes } from '../protocol/shard-tree.ts';
import type { Content } from '../storage/shard-store.ts';
import { Assembly } from './assembly.ts';
import { sampleBytes, summary } from './peer-network-suite.ts';
import type { Peer } from './peer-network.ts';
import { fetchFromSources } from './sources.ts';
import type { Pulled, Source } from './sources.ts';
import { CHUNK } from './wire.ts';

const bytes = sampleBytes(3 * CHUNK + 100, 1);
const false_ = sampleBytes(3 * CHUNK + 100, 2);
const shard: Content = { kind: 'shard', id: shardId(bytes) };
const blob: Content = { kind: 'blob', id: sha256(bytes) as BlobId };

/** A source that serves `held`, and whose link is cut after `chunks` of them each time; `direct` is what it says of that link. */
function source(peer: Peer, held: Uint8Array, chunks = Infinity, offsets: number[] = [], direct = true): Source {
  return {
    peer,
    pull: (assembly, onChunk): Promise<Pulled> => {
      const verdict = assembly.begin({ size: held.length, nodes: assembly.content.kind === 'shard' ? shardNodes(bytes) : [] });
      if (verdict !== 'accepted') return Promise.resolve(verdict);
      offsets.push(assembly.received);
      for (let left = chunks; !assembly.whole; left--) {
        if (left === 0) return Promise.resolve('cut');
        if (!assembly.accept(held.subarray(assembly.received, assembly.received + CHUNK))) return Promise.resolve('mismatch');
        onChunk(direct);
      }
      return Promise.resolve('complete');
    },
  };
}

function answering(peer: Peer, pulled: Pulled): Source {
  return { peer, pull: () => Promise.resolve(pulled) };
}

async function fetchAll(content: Content, ...all: readonly Source[]): Promise<{ outcome: unknown; denied: Peer[] }> {
  const denied: Peer[] = [];
  const fetched = await fetchFromSources(new Assembly(content, bytes.length), {
    next: (asked) => Promise.resolve(all.find(({ peer }) => !asked.has(peer)) ?? null),
    deny: (peer) => {
      denied.push(peer);
      return Promise.resolve();
    },
  });
  return { outcome: summary(fetched), denied };
}

const whole = (from: Peer, direct = true): unknown => ({ from, direct, hash: sha256(bytes) });

/** It is pulled from once, and gone the next time. */
function once(whose: Source): Source {
  let calls = 0;
  return { ...whose, pull: async (assembly, onChunk) => (calls++ === 0 ? whose.pull(assembly, onChunk) : 'cut') };
}

describe('fetching from several sources', () => {
  it('resumes where a cut link left off, at the same source while it makes progress', async () => {
    const offsets: number[] = [];
    expect(await fetchAll(shard, source('a', bytes, 1, offsets))).toEqual({ outcome: whole('a'), denied: [] });
    expect(offsets).toEqual([0, CHUNK, 2 * CHUNK, 3 * CHUNK]);
  });

  it('resumes at the next source when the first is gone, without fetching again what is there', async () => {
    const offsets: number[] = [];
    const vanishes = once(source('a', bytes, 2));
    expect(await fetchAll(shard, vanishes, source('b', bytes, Infinity, offsets))).toEqual({ outcome: whole('b'), denied: [] });
    expect(offsets).toEqual([2 * CHUNK]);
  });

  it('calls the whole direct only where every link that brought a part of it was', async () => {
    const relayed = source('relayed', bytes, Infinity, [], false);
    expect((await fetchAll(shard, relayed)).outcome).toEqual(whole('relayed', false));
    const vanishes = once(source('relayed', bytes, 1, [], false));
    expect((await fetchAll(shard, vanishes, source('b', bytes))).outcome).toEqual(whole('b', false));
  });

  it('does not hold it against the whole that a part which was thrown away came by a relay', async () => {
    const vanishes = once(source('relayed', false_.subarray(0, CHUNK + 1), 1, [], false));
    expect((await fetchAll(blob, vanishes, source('b', bytes))).outcome).toEqual(whole('b'));
    expect((await fetchAll(blob, source('relayed', false_, Infinity, [], false), source('b', bytes))).outcome).toEqual(whole('b'));
  });

  it('denies the source of a corrupted shard chunk and takes the rest from another', async () => {
    const liar = source('liar', Uint8Array.from([...bytes.subarray(0, CHUNK), ...false_.subarray(CHUNK)]));
    expect(await fetchAll(shard, liar, source('b', bytes))).toEqual({ outcome: whole('b'), denied: ['liar'] });
  });

  it('finds out which of two sources of one blob lied, and denies only that one', async () => {
    let calls = 0;
    const liar = source('liar', false_, 1);
    const lyingThenGone: Source = {
      peer: 'liar',
      pull: async (assembly, onChunk) =>
        calls++ === 0 ? liar.pull(assembly, onChunk) : source('liar', false_, calls === 2 ? 0 : Infinity).pull(assembly, onChunk),
    };
    expect(await fetchAll(blob, lyingThenGone, source('honest', bytes))).toEqual({ outcome: whole('honest'), denied: ['liar'] });
  });

  it('starts again when a source names another size, so that a wrong size cannot block the right one', async () => {
    const vanishes = once(source('short', false_.subarray(0, CHUNK + 1), 1));
    expect((await fetchAll(blob, vanishes, source('b', bytes))).outcome).toEqual(whole('b'));
  });

  it('reports the worst that happened when nobody delivers', async () => {
    expect((await fetchAll(blob, answering('a', 'not-found'), answering('b', 'cut'))).outcome).toEqual({ kind: 'not-found', asked: ['a', 'b'] });
    expect((await fetchAll(blob, answering('a', 'too-large'), answering('b', 'not-found'))).outcome).toEqual({
      kind: 'too-large',
      limit: bytes.length,
    });
    expect((await fetchAll(blob, source('a', false_), answering('b', 'too-large'))).outcome).toEqual({ kind: 'mismatch', from: 'a' });
  });

  it('gives up on a source that keeps breaking off', async () => {
    const offsets: number[] = [];
    const long = sampleBytes(20 * CHUNK, 3);
    const content: Content = { kind: 'blob', id: sha256(long) as BlobId };
    await fetchFromSources(new Assembly(content, long.length), {
      next: (asked) => Promise.resolve(asked.has('a') ? null : source('a', long, 1, offsets)),
      deny: () => Promise.resolve(),
    });
    expect(offsets).toHaveLength(4);
  });
});
