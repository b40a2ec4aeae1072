/** At most so many events per peer in a sliding window. Remembers a bounded number of peers. */
import type { Peer } from './peer-network.ts';

/** Enough for every peer that one node meets in a window; the oldest are forgotten first. */
const MAX_PEERS = 4096;

export class RateLimit {
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #now: () => number;
  readonly #seen = new Map<Peer, number[]>();

  constructor(limit: number, windowMs: number, now: () => number = Date.now) {
    this.#limit = limit;
    this.#windowMs = windowMs;
    this.#now = now;
  }

  /** Whether one more is admitted now; if so it counts. */
  admits(peer: Peer): boolean {
    const now = this.#now();
    const recent = (this.#seen.get(peer) ?? []).filter((time) => time > now - this.#windowMs);
    const admitted = recent.length < this.#limit;
    if (admitted) recent.push(now);
    // Deleted and set again, so that the map's order is by last use.
    this.#seen.delete(peer);
    this.#seen.set(peer, recent);
    for (const oldest of this.#seen.keys()) {
      if (this.#seen.size <= MAX_PEERS) break;
      this.#seen.delete(oldest);
    }
    return admitted;
  }
}
