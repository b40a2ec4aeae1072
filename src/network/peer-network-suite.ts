/** What every implementation of the network door must do; each runs these tests in its own file. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BlobId, ShardId, TaskId } from '../protocol/ids.ts';
import { fail, ok } from '../protocol/result.ts';
import type { Result } from '../protocol/result.ts';
import { sha256 } from '../protocol/sha256.ts';
import { shardId } from '../protocol/shard-tree.ts';
import type { Content } from '../storage/shard-store.ts';
import type { Fetched, KeyRequest, NetworkFailure, NetworkState, Peer, PeerNetwork, Served } from './peer-network.ts';

/** A few peers that can find each other. Custodians join before the volunteers that should know them. */
export interface Neighbourhood {
  join(role: 'volunteer' | 'custodian', served: Served): Promise<PeerNetwork>;
  close(): Promise<void>;
}

/** Bytes that differ from chunk to chunk and from seed to seed. */
export function sampleBytes(length: number, seed: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, i) => (i * 31 + (i >> 10) * 7 + (i >> 18) * 13 + seed) & 255);
}

/** A fetch by its hash: comparing megabytes element by element takes a test runner seconds. */
export function summary(fetched: Result<Fetched, NetworkFailure>): unknown {
  return fetched.ok ? { from: fetched.value.from, direct: fetched.value.direct, hash: sha256(fetched.value.bytes) } : fetched.failure;
}

export function serving(...held: readonly (readonly [Content, Uint8Array])[]): Served {
  return { blob: ({ id }) => Promise.resolve(held.find(([content]) => content.id === id)?.[1] ?? null) };
}

/** Resolves with the first state, now or later, that passes. */
export async function untilState(network: PeerNetwork, passes: (state: NetworkState) => boolean): Promise<NetworkState> {
  let stop: () => void = () => undefined;
  const passed = new Promise<NetworkState>((resolve) => {
    void network
      .watch((state) => {
        if (passes(state)) resolve(state);
      })
      .then(async (unwatch) => {
        stop = unwatch;
        const now = await network.state();
        if (passes(now)) resolve(now);
      });
  });
  return passed.finally(() => {
    stop();
  });
}

const linkedTo =
  (...networks: readonly { readonly self: Peer }[]) =>
  ({ links }: NetworkState): boolean =>
    networks.every(({ self }) => links.some(({ peer, direct }) => peer === self && direct));

const MEGABYTE = 1_048_576;
const shardBytes = sampleBytes(MEGABYTE - 1000, 1);
const shard: Content = { kind: 'shard', id: shardId(shardBytes) };
/** More than eight chunks, so that credit has to be granted again. */
const blobBytes = sampleBytes(2.5 * MEGABYTE + 17, 2);
const blob: Content = { kind: 'blob', id: sha256(blobBytes) as BlobId };
const absent: Content = { kind: 'blob', id: `0x${'ab'.repeat(32)}` as BlobId };
const request: KeyRequest = { task: `0x${'11'.repeat(32)}` as TaskId, unit: 3, boxKey: `0x${'22'.repeat(32)}` };
const wrapped = { enc: sampleBytes(32, 3), ct: sampleBytes(48, 4) };

export function describePeerNetwork(name: string, open: () => Promise<Neighbourhood>): void {
  describe(name, () => {
    let neighbourhood: Neighbourhood;
    beforeEach(async () => {
      neighbourhood = await open();
    });
    afterEach(async () => {
      await neighbourhood.close();
    });

    it('fetches a shard and a blob by hash from a custodian, and counts the bytes', async () => {
      const custodian = await neighbourhood.join('custodian', serving([shard, shardBytes], [blob, blobBytes]));
      const { self } = await custodian.state();
      const tab = await neighbourhood.join('volunteer', {});
      const progress: number[] = [];
      const fetched = await tab.fetch(shard, shardBytes.length, (received) => progress.push(received));
      expect(summary(fetched)).toEqual({ hash: sha256(shardBytes), from: self, direct: true });
      expect(progress).toEqual([262_144, 524_288, 786_432, shardBytes.length]);
      expect(summary(await tab.fetch(blob, blobBytes.length))).toEqual({ hash: blob.id, from: self, direct: true });
      const state = await tab.state();
      expect(state.bytesIn).toBeGreaterThanOrEqual(shardBytes.length + blobBytes.length);
      expect(state.links).toContainEqual(expect.objectContaining({ peer: self, direct: true, role: 'custodian' }));
      expect((await custodian.state()).bytesOut).toBeGreaterThanOrEqual(shardBytes.length + blobBytes.length);
    });

    it('prefers the peer that announced a shard over the custodian', async () => {
      const custodian = await neighbourhood.join('custodian', serving([shard, shardBytes]));
      const holder = await neighbourhood.join('volunteer', serving([shard, shardBytes]));
      const tab = await neighbourhood.join('volunteer', {});
      await untilState(tab, linkedTo(await holder.state(), await custodian.state()));
      await holder.announce([shard.id as ShardId]);
      const fetched = await tab.fetch(shard, MEGABYTE);
      expect(fetched.ok && fetched.value.from).toBe((await holder.state()).self);
    });

    it('drops and denies a peer that sends false bytes, and goes on to the next', async () => {
      const custodian = await neighbourhood.join('custodian', serving([shard, shardBytes], [blob, blobBytes]));
      const liar = await neighbourhood.join(
        'volunteer',
        serving([shard, sampleBytes(shardBytes.length, 9)], [blob, sampleBytes(blobBytes.length, 9)]),
      );
      const tab = await neighbourhood.join('volunteer', {});
      await untilState(tab, linkedTo(await liar.state(), await custodian.state()));
      for (const [content, bytes] of [
        [shard, shardBytes],
        [blob, blobBytes],
      ] as const) {
        const fetched = await tab.fetch(content, bytes.length);
        expect(summary(fetched)).toEqual({ hash: sha256(bytes), from: (await custodian.state()).self, direct: true });
      }
      const { self } = await liar.state();
      expect((await tab.state()).links.map(({ peer }) => peer)).not.toContain(self);
    });

    it('says mismatch when every source lies', async () => {
      const liar = await neighbourhood.join('custodian', serving([blob, sampleBytes(blobBytes.length, 9)]));
      const tab = await neighbourhood.join('volunteer', {});
      expect(await tab.fetch(blob, blobBytes.length)).toEqual(fail({ kind: 'mismatch', from: (await liar.state()).self }));
    });

    it('says not-found and whom it asked', async () => {
      const custodian = await neighbourhood.join('custodian', serving([blob, blobBytes]));
      const tab = await neighbourhood.join('volunteer', {});
      expect(await tab.fetch(absent, 1000)).toEqual(fail({ kind: 'not-found', asked: [(await custodian.state()).self] }));
    });

    it('takes no more than the caller allows', async () => {
      await neighbourhood.join('custodian', serving([blob, blobBytes]));
      const tab = await neighbourhood.join('volunteer', {});
      expect(await tab.fetch(blob, blobBytes.length - 1)).toEqual(fail({ kind: 'too-large', limit: blobBytes.length - 1 }));
    });

    it('carries a key request to the custodian and a wrapped key back', async () => {
      const asked: unknown[] = [];
      await neighbourhood.join('custodian', {
        key: (received, from) => {
          asked.push([received, from]);
          return Promise.resolve(ok(wrapped));
        },
      });
      const tab = await neighbourhood.join('volunteer', {});
      expect(await tab.requestKey(request)).toEqual(ok(wrapped));
      expect(asked).toEqual([[request, (await tab.state()).self]]);
    });

    it('reports a refusal by its code, and a missing custodian as unreachable', async () => {
      const alone = await neighbourhood.join('volunteer', {});
      expect(await alone.requestKey(request)).toEqual(fail({ kind: 'custodian-unreachable' }));
      await neighbourhood.join('custodian', { key: () => Promise.resolve(fail({ code: 'not-claimant', retryAfter: 5 } as const)) });
      const tab = await neighbourhood.join('volunteer', {});
      expect(await tab.requestKey(request)).toEqual(fail({ kind: 'refused', code: 'not-claimant', retryAfter: 5 }));
    });

    it('goes on among volunteers when the custodian is gone', async () => {
      const custodian = await neighbourhood.join('custodian', serving([shard, shardBytes]));
      const first = await neighbourhood.join('volunteer', serving([shard, shardBytes]));
      const second = await neighbourhood.join('volunteer', {});
      await untilState(second, linkedTo(await first.state()));
      await custodian.close();
      const fetched = await second.fetch(shard, MEGABYTE);
      expect(summary(fetched)).toEqual({ hash: sha256(shardBytes), from: (await first.state()).self, direct: true });
      expect(await second.requestKey(request)).toEqual(fail({ kind: 'custodian-unreachable' }));
    });

    it('tells watchers of links that come and go, until they stop', async () => {
      const first = await neighbourhood.join('volunteer', {});
      const second = await neighbourhood.join('volunteer', {});
      const { self } = await second.state();
      await untilState(first, linkedTo({ self }));
      const heard: NetworkState[] = [];
      const stop = await first.watch((state) => heard.push(state));
      await second.close();
      await untilState(first, ({ links }) => links.every(({ peer }) => peer !== self));
      await expect.poll(() => heard.length).toBeGreaterThan(0);
      stop();
      const before = heard.length;
      const third = await neighbourhood.join('volunteer', {});
      await untilState(first, linkedTo(await third.state()));
      expect(heard).toHaveLength(before);
    });
  });
}
