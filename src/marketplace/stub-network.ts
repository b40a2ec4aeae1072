/** A stand-in network for tests: one or more peers that hold content, a custodian that may answer, and faults at will. */
import type { Fetched, KeyRequest, Link, NetworkFailure, NetworkState, Peer, PeerNetwork } from '../network/peer-network.ts';
import type { ShardId } from '../protocol/ids.ts';
import { fail, ok, type Result } from '../protocol/result.ts';
import type { WrappedKey } from '../protocol/wrapped-key.ts';
import type { Content, ShardStore } from '../storage/shard-store.ts';
import type { KeyRefusal } from './grant-key.ts';

export class StubNetwork implements PeerNetwork {
  relay: NetworkState['relay'] = 'up';
  /** Null while the custodian is away: then nobody serves content either, unless a volunteer does. */
  custodian: ((request: KeyRequest) => Promise<Result<WrappedKey, KeyRefusal>>) | null = null;
  readonly sources = new Map<Peer, ShardStore>();
  readonly announced: ShardId[] = [];
  readonly fetchedContent: Content[] = [];
  keyRequests = 0;
  /** Answers instead of the sources when it is set. */
  failure: NetworkFailure | null = null;
  readonly #links: Link[] = [];

  async fetch(content: Content, size: number, onProgress?: (received: number, from: Peer) => void): Promise<Result<Fetched, NetworkFailure>> {
    if (this.failure) return fail(this.failure);
    for (const [from, store] of this.sources) {
      const held = await store.get(content);
      if (!held.ok) continue;
      if (held.value.length > size) return fail({ kind: 'too-large', limit: size });
      onProgress?.(held.value.length, from);
      this.fetchedContent.push(content);
      return ok({ bytes: held.value, from, direct: true });
    }
    return fail({ kind: 'not-found', asked: [...this.sources.keys()] });
  }

  async requestKey(request: KeyRequest): Promise<Result<WrappedKey, NetworkFailure>> {
    this.keyRequests += 1;
    if (!this.custodian) return fail({ kind: 'custodian-unreachable' });
    const answer = await this.custodian(request);
    return answer.ok ? answer : fail({ kind: 'refused', ...answer.failure });
  }

  async announce(held: readonly ShardId[]): Promise<void> {
    this.announced.push(...held);
  }

  async state(): Promise<NetworkState> {
    return { self: 'self', relay: this.relay, links: this.#links, bytesIn: 0, bytesOut: 0 };
  }

  async watch(): Promise<() => void> {
    return () => {};
  }

  async close(): Promise<void> {
    this.sources.clear();
  }
}
