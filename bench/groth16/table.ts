/** Rows of a comparison as a table for people. */
import type { Row } from './runs.ts';

const COLUMNS: readonly (readonly [string, (row: Row) => string])[] = [
  ['engine', ({ engine }) => engine],
  ['circuit', ({ circuit, power }) => `${circuit} 2^${power}`],
  ['constraints', ({ constraints }) => String(constraints)],
  ['threads', ({ threads }) => String(threads)],
  ['kernel', ({ kernel }) => kernel],
  ['wall', ({ wallRatio }) => `${wallRatio.toFixed(1)}×`],
  ['key open', ({ openWallRatio }) => `${openWallRatio.toFixed(1)}×`],
  ['CPU', ({ cpuRatio }) => cpuRatio.toFixed(2)],
  ['key open', ({ openCpuRatio }) => openCpuRatio.toFixed(2)],
  ['memory', ({ memoryRatio }) => memoryRatio.toFixed(2)],
  ['added', ({ addedMemoryRatio }) => addedMemoryRatio.toFixed(2)],
  ['snarkjs ms', ({ absolute }) => absolute.peerWall.toFixed(0)],
  ['ours ms', ({ absolute }) => absolute.wall.toFixed(0)],
  ['open ms', ({ absolute }) => absolute.openWall.toFixed(0)],
  ['snarkjs MB', ({ absolute }) => absolute.peerPeak.toFixed(0)],
  ['ours MB', ({ absolute }) => absolute.peak.toFixed(0)],
  [
    'stages, ms of threads',
    ({ stages }) =>
      Object.entries(stages)
        .map(([stage, ms]) => `${stage} ${ms.toFixed(0)}`)
        .join(', '),
  ],
];

/** "wall" is how many times faster one call is; "CPU" and "memory" are shares of snarkjs's. */
export function tableOf(rows: readonly Row[]): string {
  const cells = [COLUMNS.map(([title]) => title), ...rows.map((row) => COLUMNS.map(([, cell]) => cell(row)))];
  const widths = COLUMNS.map((_, column) => Math.max(...cells.map((line) => line[column].length)));
  return cells
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
