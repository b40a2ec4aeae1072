/** Tells listeners of a new state, at most once in an interval: progress comes by the chunk, a page needs a few updates a second. */
import type { NetworkState } from './peer-network.ts';

const INTERVAL_MS = 200;

export class Watchers {
  readonly #listeners = new Set<(state: NetworkState) => void>();
  readonly #state: () => NetworkState;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(state: () => NetworkState) {
    this.#state = state;
  }

  add(listener: (state: NetworkState) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** The state changed: listeners hear of it within the interval. */
  changed(): void {
    if (this.#timer !== null || this.#listeners.size === 0) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      const state = this.#state();
      for (const listener of this.#listeners) listener(state);
    }, INTERVAL_MS);
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#listeners.clear();
  }
}
