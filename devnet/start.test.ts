import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createConnection } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Deployment } from '../src/protocol/deployment.ts';
import { keysFolder } from './network-keys.ts';

const START = fileURLToPath(new URL('start.ts', import.meta.url));

let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'prooftab-start-'));
});
afterAll(() => rm(home, { recursive: true }));

interface Started {
  readonly process: ChildProcess;
  readonly url: string;
  readonly lines: readonly string[];
  readonly deployment: Deployment;
}

/** As `npm start` does, on ports of its own. */
async function starts(...ports: readonly string[]): Promise<Started> {
  const free = ['--port', '0', '--chain-port', '0', '--relay-port', '0', '--custodian-port', '0'];
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), START, ...(ports.length > 0 ? ports : free)], {
    env: { ...process.env, PROOFTAB_HOME: home, PROOFTAB_KEYS: keysFolder() },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    const [url] = /http:\/\/localhost:\d+\//.exec(line) ?? [];
    if (url === undefined) continue;
    const deployment = (await (await fetch(new URL('deployment.json', url))).json()) as Deployment;
    return { process: child, url, lines, deployment };
  }
  throw new Error(`it ended: ${lines.join('\n')}`);
}

async function pressesCtrlC({ process: child }: Started): Promise<number | null> {
  const exited = once(child, 'exit') as Promise<[number | null]>;
  child.kill('SIGINT');
  return (await exited)[0];
}

/** Every process below this one, by Linux's own account. */
async function descendants(pid: number): Promise<readonly number[]> {
  const parents = await Promise.all(
    (await readdir('/proc'))
      .filter((name) => /^\d+$/.test(name))
      .map(async (name) => [Number(name), Number(/\) \S (\d+)/.exec(await readFile(`/proc/${name}/stat`, 'utf8').catch(() => ''))?.[1])] as const),
  );
  const below = (of: number): readonly number[] => parents.filter(([, parent]) => parent === of).flatMap(([child]) => [child, ...below(child)]);
  return below(pid);
}

async function runs(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  return stat !== null && !/\) Z/.test(stat);
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

const portsOf = ({ url, deployment }: Started): readonly number[] => [
  Number(new URL(url).port),
  Number(new URL(deployment.rpcUrl).port),
  ...deployment.relays.map((address) => Number(address.split('/')[4])),
];

describe('npm start', () => {
  let first: Started;

  it('prints one URL at which app and network are there', async () => {
    first = await starts();
    expect(await (await fetch(first.url)).text()).toContain('Prooftab');
    expect(first.lines.filter((line) => line.includes(first.url))).toHaveLength(1);
    for (const port of portsOf(first)) expect(await listens(port)).toBe(true);
  }, 240_000);

  it('leaves no process and no open port when someone presses Ctrl-C', async () => {
    const children = await descendants(first.process.pid ?? 0);
    expect(children.length).toBeGreaterThanOrEqual(2);
    expect(await pressesCtrlC(first)).toBe(0);
    expect(await Promise.all(children.map(runs))).toEqual(children.map(() => false));
    expect(await Promise.all(portsOf(first).map(listens))).toEqual(portsOf(first).map(() => false));
  });

  it('goes on with the same chain, contracts, peers and work the second time; takes another port where one is taken, and says so', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const second = await starts('--port', String(port), '--chain-port', '0', '--relay-port', '0', '--custodian-port', '0');
    taken.close();
    const { token, registry, market } = first.deployment;
    expect(second.deployment).toMatchObject({ token, registry, market });
    const peers = (addresses: readonly string[]) => addresses.map((address) => address.split('/').at(-1));
    expect(peers(second.deployment.relays)).toEqual(peers(first.deployment.relays));
    expect(peers(second.deployment.custodians)).toEqual(peers(first.deployment.custodians));
    expect(second.lines.some((line) => line.includes(`port ${port} is taken`))).toBe(true);
    // What the first start posted is still open: nothing new was needed.
    expect(second.lines.some((line) => line.includes('posted'))).toBe(false);
    expect(await pressesCtrlC(second)).toBe(0);
  }, 120_000);

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ends too when %s reaches only the npm that started it',
    async (signal) => {
      const npm = spawn('npm', ['start', '--', '--port', '0', '--chain-port', '0', '--relay-port', '0', '--custodian-port', '0'], {
        cwd: path.dirname(path.dirname(START)),
        env: { ...process.env, PROOFTAB_HOME: home, PROOFTAB_KEYS: keysFolder() },
        stdio: ['ignore', 'pipe', 'ignore'],
        detached: true,
      });
      for await (const line of createInterface({ input: npm.stdout })) if (/http:\/\/localhost:\d+\//.test(line)) break;
      const children = await descendants(npm.pid ?? 0);
      expect(children.length).toBeGreaterThanOrEqual(3);
      npm.kill(signal);
      await expect.poll(async () => (await Promise.all(children.map(runs))).filter(Boolean), { timeout: 20_000 }).toEqual([]);
    },
    120_000,
  );
});
