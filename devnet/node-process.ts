/** A part of the network in a Node process of its own, so that it can be killed like one, and cannot take the others with it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startFaults } from '../messages/en/terminal.ts';

export interface NodeProcess {
  /** What it said of itself in its first line, parsed as JSON. */
  readonly ready: unknown;
  readonly pid: number;
  /** SIGTERM, and what the part does on it. */
  stop(): Promise<void>;
  /** SIGKILL: no goodbye to anyone. */
  kill(): Promise<void>;
}

/** Two busy cores load the peer-to-peer stack in some ten seconds. */
const READY_MS = 60_000;

/**
 * @param entry a TypeScript file beside this one, which prints one line of JSON when it is ready and ends when its parent does
 * @param settings sent to it as a message once they are known: it loads its libraries meanwhile
 */
export async function startNodeProcess(entry: string, args: readonly string[], settings?: Promise<object>): Promise<NodeProcess> {
  const file = fileURLToPath(new URL(entry, import.meta.url));
  // A group of its own: Ctrl-C in a terminal reaches it through stop(). The channel tells it when its parent has died.
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), file, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  });
  const exited = once(child, 'exit');
  try {
    const line = await firstLine(child, exited, entry, settings);
    const end = async (signal: NodeJS.Signals): Promise<void> => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(signal);
      await exited;
    };
    return { ready: JSON.parse(line), pid: child.pid ?? 0, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
  } catch (thrown) {
    child.kill('SIGKILL');
    throw thrown;
  }
}

/** If it ends before it is ready, its last words say why. */
async function firstLine(child: ChildProcess, exited: Promise<unknown>, entry: string, settings?: Promise<object>): Promise<string> {
  if (child.stdout === null || child.stderr === null) throw new Error('a part speaks through pipes');
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (words = (words + text).slice(-2000)));
  const silence = new AbortController();
  const first = once(createInterface({ input: child.stdout }), 'line', { signal: silence.signal });
  const said = first.then(([line]: string[]) => line ?? null).catch(() => null);
  const settled = await settings;
  if (settled !== undefined && child.connected) child.send(settled);
  const timer = setTimeout(() => silence.abort(), READY_MS);
  const line = await Promise.race([said, exited.then(() => null)]);
  clearTimeout(timer);
  silence.abort();
  if (line !== null) return line;
  throw new Error(startFaults.partEnded(entry, words.trim()));
}
