/** The rows of the start-up self-test: an engine is used only if, on this very device, it gives the oracle's integers for them. */
import type { Batch } from './checked-run.ts';

/** Rows from a fixed generator, after the edge rows: all dark, all bright, alternating. */
const GENERATED = 5;

/** The same on every device. */
export function selfTestRows(width: number): Batch {
  let state = 0x9e3779b9;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 24;
  const edges: ((column: number) => number)[] = [() => 0, () => 255, (column) => (column % 2) * 255];
  const makers = [...edges, ...Array.from({ length: GENERATED }, () => next)];
  const rows = new Uint8Array(makers.length * width);
  makers.forEach((make, row) => {
    for (let column = 0; column < width; column++) rows[row * width + column] = make(column);
  });
  return { rows, rowCount: makers.length };
}
