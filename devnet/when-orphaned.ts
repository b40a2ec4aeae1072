/**
 * Tells a process that whoever started it is gone: a terminal, an npm or a test runner that was killed has no time to pass a
 * signal on.
 */

const LOOK_EVERY_MS = 250;

/** @returns a function that stops looking */
export function whenOrphaned(then: () => void): () => void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    then();
  }, LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
