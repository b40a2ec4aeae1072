/** A part of the network that can be taken away and brought back, for those who test what happens then. */

export interface Restartable<Running> {
  /** What runs now, or ran last. */
  readonly current: Running;
  start(): Promise<void>;
  /** @param end another way to end it, such as a kill */
  stop(end?: (running: Running) => Promise<void>): Promise<void>;
}

/** Starts it once. Starting what runs and stopping what does not is no fault. */
export async function restartable<Running extends { stop(): Promise<void> }>(start: () => Promise<Running>): Promise<Restartable<Running>> {
  let current = await start();
  let running = true;
  return {
    get current() {
      return current;
    },
    async start() {
      if (running) return;
      current = await start();
      running = true;
    },
    async stop(end = (ended) => ended.stop()) {
      if (!running) return;
      running = false;
      await end(current);
    },
  };
}
