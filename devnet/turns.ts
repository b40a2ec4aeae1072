/** Steps that must not overlap, by what they would get in each other's way over. */

/** Runs a step once all earlier ones under the same key have ended, however they did; other keys do not wait for it. */
export type Turns = <Value>(key: string, step: () => Promise<Value>) => Promise<Value>;

export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return (key, step) => {
    const turn = (last.get(key) ?? Promise.resolve()).then(step);
    const ended = turn
      .catch(() => undefined)
      .then(() => {
        // Keys come from strangers: one that nobody waits for is forgotten.
        if (last.get(key) === ended) last.delete(key);
      });
    last.set(key, ended);
    return turn;
  };
}
