/** What a browser's processes used, as Linux counts it: `/proc`. */
import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

function statOf(pid: string): readonly string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in brackets, may hold anything.
    return [pid, ...stat.slice(stat.lastIndexOf(')') + 2).split(' ')];
  } catch {
    return null;
  }
}

/** The process and all that descend from it. */
function treeOf(root: number): readonly (readonly string[])[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      const stat = statOf(pid);
      return stat ? [stat] : [];
    });
  const inside = new Set([String(root)]);
  for (let before = 0; before < inside.size;) {
    before = inside.size;
    for (const [pid, , parent] of all) if (inside.has(parent)) inside.add(pid);
  }
  return all.filter(([pid]) => inside.has(pid));
}

/** Milliseconds of processor time since the processes began, those that ended counted with their parents. */
export function cpuOf(root: number): number {
  const ticks = treeOf(root).reduce((sum, stat) => sum + Number(stat[12]) + Number(stat[13]) + Number(stat[14]) + Number(stat[15]), 0);
  return (1000 * ticks) / TICKS_PER_SECOND;
}

/** Kilobytes that the largest of the processes held at its peak: in a browser, the page's. */
export function peakOf(root: number): number {
  return Math.max(
    ...treeOf(root).map(([pid]) => {
      try {
        const status = readFileSync(`/proc/${pid}/status`, 'utf8');
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return command.includes('--type=renderer') ? Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) : 0;
      } catch {
        return 0;
      }
    }),
  );
}
