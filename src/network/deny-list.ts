/** Peers that were caught sending false bytes or malformed messages; kept across visits, since gossip scores fade within seconds. */
import type { RecordStore } from '../storage/record-store.ts';
import type { Peer } from './peer-network.ts';

/** What the list needs of the record store. */
type Records = Pick<RecordStore, 'get' | 'put'>;

const KEY = 'network/denied';
/** The oldest fall out first: identities are free, so a longer list would only grow. */
const MAX_DENIED = 1000;

export class DenyList {
  readonly #records: Records | null;
  readonly #peers: Set<Peer>;

  private constructor(records: Records | null, peers: readonly Peer[]) {
    this.#records = records;
    this.#peers = new Set(peers);
  }

  static async load(records: Records): Promise<DenyList> {
    const stored = await records.get(KEY);
    const peers = Array.isArray(stored) ? stored.filter((peer): peer is Peer => typeof peer === 'string') : [];
    return new DenyList(records, peers.slice(-MAX_DENIED));
  }

  /** A list that is forgotten with its process: for relays and tests. */
  static inMemory(): DenyList {
    return new DenyList(null, []);
  }

  has(peer: Peer): boolean {
    return this.#peers.has(peer);
  }

  /** Works at once; resolves when it is stored. A store that fails costs only the memory of it. */
  async add(peer: Peer): Promise<void> {
    this.#peers.add(peer);
    for (const oldest of this.#peers) {
      if (this.#peers.size <= MAX_DENIED) break;
      this.#peers.delete(oldest);
    }
    await this.#records?.put(KEY, [...this.#peers]).catch(() => undefined);
  }
}
