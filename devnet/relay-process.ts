/** The relay as a process of its own, so that it can be killed like one. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface RelayProcessOptions {
  readonly port: number;
  readonly chainId: number;
  /** Where its key is kept, so that its address survives a restart. */
  readonly keyFile: string;
}

export interface RelayProcess {
  readonly addresses: readonly string[];
  readonly pid: number;
  stop(): Promise<void>;
  /** SIGKILL: no goodbye to anyone. */
  kill(): Promise<void>;
}

const ENTRY = fileURLToPath(new URL('relay.ts', import.meta.url));
const READY_MS = 30_000;

export async function startRelayProcess({ port, chainId, keyFile }: RelayProcessOptions): Promise<RelayProcess> {
  const args = ['--import', import.meta.resolve('tsx'), ENTRY, '--port', String(port), '--chain', String(chainId), '--key', keyFile];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const addresses = await readyAddresses(child);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  return { addresses, pid: child.pid ?? 0, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

/** Its first line says where it listens; if it ends before, its last words say why. */
async function readyAddresses(child: ChildProcess): Promise<readonly string[]> {
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (words = (words + text).slice(-2000)));
  const exited = once(child, 'exit').then(() => null);
  const lines = createInterface({ input: child.stdout ?? process.stdin });
  const first = once(lines, 'line', { signal: AbortSignal.timeout(READY_MS) }).then(([line]: string[]) => line ?? null);
  const line = await Promise.race([first, exited]);
  if (line === null) throw new Error(`the relay did not start: ${words.trim()}`);
  return parseReady(line);
}

/**
 * @example
 * parseReady('{"ready":"relay","addresses":["/ip4/127.0.0.1/tcp/9090/ws"]}') // ['/ip4/127.0.0.1/tcp/9090/ws']
 */
export function parseReady(line: string): readonly string[] {
  const value = JSON.parse(line) as { readonly addresses?: unknown };
  if (!Array.isArray(value.addresses) || !value.addresses.every((address) => typeof address === 'string'))
    throw new Error(`the relay said ${line.slice(0, 200)}`);
  return value.addresses;
}
