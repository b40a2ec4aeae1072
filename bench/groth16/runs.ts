/** One comparison's runs, and the ratios that they come to: medians of alternating runs. */

export interface Run {
  /** Milliseconds. */
  readonly wall: number;
  /** Milliseconds of processor time, of all threads together. */
  readonly cpu: number;
}

export interface Runs {
  readonly peer: readonly Run[];
  /** One call with the key's file, as the peer's. */
  readonly ours: readonly Run[];
  /** With a key that is open already. */
  readonly again: readonly Run[];
}

/** Kilobytes at the peak of a process that does nothing, of one that proves once by the peer, and of one by ours. */
export interface Peaks {
  readonly nothing: number;
  readonly peer: number;
  readonly ours: number;
}

export interface Comparison {
  readonly runs: Runs;
  readonly peaks: Peaks;
  readonly metadata: { readonly kernel: string; readonly threads: number; readonly stages: Readonly<Record<string, number>> };
}

export interface Row {
  readonly engine: 'node' | 'chromium';
  readonly circuit: string;
  readonly power: number;
  readonly constraints: number;
  readonly threads: number;
  readonly kernel: string;
  /** Times faster than the peer: one call, and a proof with a key that is open already. */
  readonly wallRatio: number;
  readonly openWallRatio: number;
  /** Shares of the peer's. */
  readonly cpuRatio: number;
  readonly openCpuRatio: number;
  /** Share of the peer's peak, of the whole process, and of what proving adds to an idle one. */
  readonly memoryRatio: number;
  readonly addedMemoryRatio: number;
  /** Milliseconds of thread time by stage, of a proof with an open key. */
  readonly stages: Readonly<Record<string, number>>;
  /** Medians in milliseconds, and peaks in megabytes. */
  readonly absolute: Readonly<Record<'peerWall' | 'wall' | 'openWall' | 'peerCpu' | 'cpu' | 'openCpu' | 'peerPeak' | 'peak' | 'idlePeak', number>>;
}

export function rowOf(place: Pick<Row, 'engine' | 'circuit' | 'power' | 'constraints'>, { runs, peaks, metadata }: Comparison): Row {
  const wall = { peer: median(runs.peer, 'wall'), ours: median(runs.ours, 'wall'), again: median(runs.again, 'wall') };
  const cpu = { peer: median(runs.peer, 'cpu'), ours: median(runs.ours, 'cpu'), again: median(runs.again, 'cpu') };
  return {
    ...place,
    threads: metadata.threads,
    kernel: metadata.kernel,
    wallRatio: wall.peer / wall.ours,
    openWallRatio: wall.peer / wall.again,
    cpuRatio: cpu.ours / cpu.peer,
    openCpuRatio: cpu.again / cpu.peer,
    memoryRatio: peaks.ours / peaks.peer,
    addedMemoryRatio: (peaks.ours - peaks.nothing) / (peaks.peer - peaks.nothing),
    stages: metadata.stages,
    absolute: {
      peerWall: wall.peer,
      wall: wall.ours,
      openWall: wall.again,
      peerCpu: cpu.peer,
      cpu: cpu.ours,
      openCpu: cpu.again,
      peerPeak: peaks.peer / 1024,
      peak: peaks.ours / 1024,
      idlePeak: peaks.nothing / 1024,
    },
  };
}

function median(runs: readonly Run[], what: 'wall' | 'cpu'): number {
  const sorted = runs.map((run) => run[what]).sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}
