/** Keeps direct links to some of the peers that announce themselves: libp2p does not dial those it discovers. */
import type { Peer } from '../peer-network.ts';

export interface MeshKeeperOptions {
  readonly self: Peer;
  /** Peers with a direct link now. */
  readonly linked: () => ReadonlySet<Peer>;
  /** Peers worth a link, best first. */
  readonly candidates: () => readonly Peer[];
  /** Opens a direct link. @throws when it cannot. */
  readonly dial: (peer: Peer) => Promise<void>;
  readonly now?: () => number;
  readonly random?: () => number;
}

export const MAX_LINKS = 12;
/** Simultaneous ICE handshakes: more would starve each other on a phone. */
export const MAX_DIALS = 4;
const TICK_MS = 1000;
/** Both ends hear of each other at once. The smaller id dials; the other waits this long, in case that fails. */
const GRACE_MS = 5000;
const FIRST_RETRY_MS = 2000;
const LAST_RETRY_MS = 60_000;

interface Attempt {
  /** Milliseconds since 1970 before which no dial is made. */
  notBefore: number;
  failures: number;
}

export class MeshKeeper {
  readonly #options: MeshKeeperOptions;
  readonly #now: () => number;
  readonly #random: () => number;
  readonly #attempts = new Map<Peer, Attempt>();
  readonly #dialling = new Set<Peer>();
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(options: MeshKeeperOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#random = options.random ?? Math.random;
    this.#timer = setInterval(() => {
      this.tick();
    }, TICK_MS);
  }

  /** Starts the dials that are due; runs every second, and may be run at once when something changed. */
  tick(): void {
    const linked = this.#options.linked();
    const candidates = this.#options.candidates().filter((peer) => peer !== this.#options.self && !linked.has(peer));
    this.#forgetAllBut(new Set(candidates));
    for (const peer of candidates) {
      if (linked.size + this.#dialling.size >= MAX_LINKS || this.#dialling.size >= MAX_DIALS) return;
      const attempt = this.#attempts.get(peer) ?? { notBefore: this.#now() + (this.#options.self < peer ? 0 : GRACE_MS), failures: 0 };
      this.#attempts.set(peer, attempt);
      if (attempt.notBefore <= this.#now() && !this.#dialling.has(peer)) void this.#dial(peer, attempt);
    }
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #dial(peer: Peer, attempt: Attempt): Promise<void> {
    this.#dialling.add(peer);
    try {
      await this.#options.dial(peer);
      this.#attempts.delete(peer);
    } catch {
      const delay = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** attempt.failures);
      attempt.failures++;
      attempt.notBefore = this.#now() + delay * (0.5 + this.#random());
    } finally {
      this.#dialling.delete(peer);
    }
  }

  /** Peers that stopped announcing themselves start afresh when they come back. */
  #forgetAllBut(candidates: ReadonlySet<Peer>): void {
    for (const peer of this.#attempts.keys()) if (!candidates.has(peer)) this.#attempts.delete(peer);
  }
}
