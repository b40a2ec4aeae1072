/** The network door within one process: peers of one neighbourhood reach each other at once. For tests, and for a demo without a network. */
import { fail, ok } from '../protocol/result.ts';
import type { Result } from '../protocol/result.ts';
import { shardNodes } from '../protocol/shard-tree.ts';
import type { ShardId } from '../protocol/ids.ts';
import type { WrappedKey } from '../protocol/wrapped-key.ts';
import type { Content } from '../storage/shard-store.ts';
import { Assembly } from './assembly.ts';
import { DenyList } from './deny-list.ts';
import type { Fetched, KeyRequest, NetworkFailure, NetworkState, Peer, PeerNetwork, Served } from './peer-network.ts';
import { fetchFromSources } from './sources.ts';
import type { Source } from './sources.ts';
import { Traffic } from './traffic.ts';
import { Watchers } from './watchers.ts';
import { CHUNK } from './wire.ts';

export type MemoryRole = 'volunteer' | 'custodian';

/** Peers of one process: each joins with what it serves, and sees the others from then on. */
export class MemoryNeighbourhood {
  readonly #members = new Map<Peer, MemoryPeer>();
  #joined = 0;

  join(role: MemoryRole, served: Served): PeerNetwork {
    this.#joined++;
    const member = new MemoryPeer(`memory-${String(this.#joined)}`, role, served, this.#members);
    this.#members.set(member.self, member);
    this.#tellAll();
    return member;
  }

  #tellAll(): void {
    for (const member of this.#members.values()) member.changed();
  }
}

class MemoryPeer implements PeerNetwork {
  readonly self: Peer;
  readonly role: MemoryRole;
  readonly served: Served;
  held: ReadonlySet<ShardId> = new Set();
  readonly #members: Map<Peer, MemoryPeer>;
  readonly #denied = DenyList.inMemory();
  readonly #watchers = new Watchers(() => this.#state());
  readonly traffic = new Traffic(() => {
    this.#watchers.changed();
  });

  constructor(self: Peer, role: MemoryRole, served: Served, members: Map<Peer, MemoryPeer>) {
    this.self = self;
    this.role = role;
    this.served = served;
    this.#members = members;
  }

  async fetch(content: Content, size: number, onProgress?: (received: number, from: Peer) => void): Promise<Result<Fetched, NetworkFailure>> {
    const sources = {
      next: (asked: ReadonlySet<Peer>) =>
        Promise.resolve(
          this.#ranked(content)
            .map((member) => this.#source(member))
            .find(({ peer }) => !asked.has(peer)) ?? null,
        ),
      deny: async (peer: Peer) => this.#denied.add(peer),
    };
    return fetchFromSources(new Assembly(content, size), sources, onProgress);
  }

  async requestKey(request: KeyRequest): Promise<Result<WrappedKey, NetworkFailure>> {
    for (const custodian of this.#others().filter(({ role }) => role === 'custodian')) {
      if (custodian.served.key === undefined) continue;
      const answer = await custodian.served.key(request, this.self);
      return answer.ok ? ok(answer.value) : fail({ kind: 'refused', ...answer.failure });
    }
    return fail({ kind: 'custodian-unreachable' });
  }

  announce(held: readonly ShardId[]): Promise<void> {
    this.held = new Set(held);
    for (const member of this.#others()) member.changed();
    return Promise.resolve();
  }

  state(): Promise<NetworkState> {
    return Promise.resolve(this.#state());
  }

  watch(listener: (state: NetworkState) => void): Promise<() => void> {
    return Promise.resolve(this.#watchers.add(listener));
  }

  close(): Promise<void> {
    this.#members.delete(this.self);
    this.#watchers.close();
    for (const member of this.#members.values()) member.changed();
    return Promise.resolve();
  }

  changed(): void {
    this.#watchers.changed();
  }

  #state(): NetworkState {
    const links = this.#others().map(({ self, role }) => ({ peer: self, direct: true, role, roundTrip: 0 }));
    return { self: this.self, relay: 'up', links, bytesIn: this.traffic.bytesIn, bytesOut: this.traffic.bytesOut };
  }

  #others(): readonly MemoryPeer[] {
    return [...this.#members.values()].filter(({ self }) => self !== this.self && !this.#denied.has(self));
  }

  #ranked(content: Content): readonly MemoryPeer[] {
    const others = this.#others();
    const volunteers = others.filter(({ role }) => role === 'volunteer');
    const announced = content.kind === 'shard' ? volunteers.filter(({ held }) => held.has(content.id)) : [];
    return [...announced, ...volunteers, ...others.filter(({ role }) => role === 'custodian')];
  }

  #source(member: MemoryPeer): Source {
    return {
      peer: member.self,
      pull: async (assembly, onChunk) => {
        const bytes = (await member.served.blob?.(assembly.content)) ?? null;
        if (bytes === null) return 'not-found';
        const verdict = assembly.begin({ size: bytes.length, nodes: assembly.content.kind === 'shard' ? shardNodes(bytes) : [] });
        if (verdict !== 'accepted') return verdict;
        while (!assembly.whole) {
          const chunk = bytes.subarray(assembly.received, assembly.received + CHUNK);
          member.traffic.sent(chunk.length);
          this.traffic.received(chunk.length);
          if (!assembly.accept(chunk)) return 'mismatch';
          onChunk(true);
        }
        return 'complete';
      },
    };
  }
}
