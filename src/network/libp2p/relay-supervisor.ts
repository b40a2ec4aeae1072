/** Keeps the peers that the deployment names, its relays and custodians, connected: redials with jittered backoff, and at once when the device wakes. */
import type { Peer } from '../peer-network.ts';

/** A peer that the deployment names, with every address it has. */
export interface FixedPeer {
  readonly peer: Peer;
  readonly addresses: readonly string[];
}

export interface RelaySupervisorOptions {
  readonly peers: readonly FixedPeer[];
  /** How many of them to keep connected. */
  readonly want: number;
  readonly isConnected: (peer: Peer) => boolean;
  /** @throws when it cannot be reached. */
  readonly dial: (peer: FixedPeer) => Promise<void>;
  readonly onChange: () => void;
  readonly now?: () => number;
  readonly random?: () => number;
}

const TICK_MS = 1000;
const FIRST_DELAY_MS = 1000;
const LAST_DELAY_MS = 60_000;

interface Target {
  readonly fixed: FixedPeer;
  delay: number;
  /** Milliseconds since 1970 before which it is left alone. */
  notBefore: number;
  dialling: boolean;
  failed: boolean;
}

export class RelaySupervisor {
  readonly #options: RelaySupervisorOptions;
  readonly #now: () => number;
  readonly #random: () => number;
  readonly #targets: readonly Target[];
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(options: RelaySupervisorOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#random = options.random ?? Math.random;
    this.#targets = options.peers.map((fixed) => ({ fixed, delay: FIRST_DELAY_MS, notBefore: 0, dialling: false, failed: false }));
    this.#timer = setInterval(() => {
      this.tick();
    }, TICK_MS);
  }

  /** `connecting` until the first failure, `down` from then until one of the peers is back. */
  get state(): 'connecting' | 'up' | 'down' {
    if (this.#targets.some(({ fixed }) => this.#options.isConnected(fixed.peer))) return 'up';
    return this.#targets.some(({ failed }) => !failed) ? 'connecting' : 'down';
  }

  /** Dials whoever is missing and due; also run when a connection closes. */
  tick(): void {
    const present = this.#targets.filter(({ fixed, dialling }) => dialling || this.#options.isConnected(fixed.peer));
    let missing = this.#options.want - present.length;
    for (const target of this.#targets) {
      if (missing <= 0) return;
      if (present.includes(target) || target.notBefore > this.#now()) continue;
      missing--;
      void this.#dial(target);
    }
  }

  /** The network came back or the page is looked at again: earlier failures say nothing about now. */
  kick(): void {
    for (const target of this.#targets) {
      target.delay = FIRST_DELAY_MS;
      target.notBefore = 0;
    }
    this.tick();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #dial(target: Target): Promise<void> {
    target.dialling = true;
    try {
      await this.#options.dial(target.fixed);
      target.delay = FIRST_DELAY_MS;
      target.failed = false;
    } catch {
      target.failed = true;
      // Half to one and a half: a relay that restarts must not meet all its tabs in one second.
      target.notBefore = this.#now() + target.delay * (0.5 + this.#random());
      target.delay = Math.min(target.delay * 2, LAST_DELAY_MS);
    } finally {
      target.dialling = false;
      this.#options.onChange();
    }
  }
}

/** Calls back when the device is online again or the page is visible again; returns a function that stops. Outside a page nothing wakes. */
export function onWake(wake: () => void): () => void {
  if (typeof window === 'undefined') return () => undefined;
  const whenVisible = (): void => {
    if (document.visibilityState === 'visible') wake();
  };
  window.addEventListener('online', wake);
  document.addEventListener('visibilitychange', whenVisible);
  return () => {
    window.removeEventListener('online', wake);
    document.removeEventListener('visibilitychange', whenVisible);
  };
}
