/** The embedded chain: anvil from npm on loopback, its state kept in a file, or whatever chain PROOFTAB_RPC_URL names. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { BaseError } from 'viem';
import { startFaults } from '../messages/en/terminal.ts';
import { createChainClient } from '../src/consensus/evm/chain-client.ts';

export interface RunningChain {
  readonly rpcUrl: string;
  readonly chainId: number;
  /** Where this process serves the chain itself; null for someone else's. */
  readonly pid: number | null;
  /** Ends the chain with its state written. Someone else's chain is left alone. */
  stop(): Promise<void>;
}

export interface ChainOptions {
  /** Where the state is kept between runs; without it the chain forgets all when it ends. */
  readonly stateFile?: string;
  /** Default: any free one. */
  readonly port?: number;
  readonly chainId?: number;
}

/** Generous, for two busy cores; anvil itself takes a quarter of a second. */
const READY_MS = 30_000;

/** Anvil's keys are public: whoever reaches its port owns the chain. It listens on loopback and nowhere else. */
const HOST = '127.0.0.1';

/** The chain at PROOFTAB_RPC_URL if that is set, else an anvil of our own. */
export async function openChain(options: ChainOptions = {}, rpcUrl = process.env.PROOFTAB_RPC_URL): Promise<RunningChain> {
  if (rpcUrl === undefined || rpcUrl === '') return startAnvil(options);
  const chainId = await createChainClient({ rpcUrl }).getChainId();
  return { rpcUrl, chainId, pid: null, stop: () => Promise.resolve() };
}

export async function startAnvil(options: ChainOptions = {}): Promise<RunningChain> {
  const { stateFile, chainId = 31337 } = options;
  const port = await freePort(options.port ?? 0);
  const args = [
    '--host',
    HOST,
    '--port',
    String(port),
    '--chain-id',
    String(chainId),
    '--gas-price',
    '0',
    '--base-fee',
    '0',
    '--hardfork',
    'prague',
    '--silent',
  ];
  if (stateFile !== undefined) {
    mkdirSync(dirname(stateFile), { recursive: true });
    args.push('--state', stateFile, '--state-interval', '2');
  }
  // Its own group: a Ctrl-C in the terminal must reach anvil through stop(), after everything that writes to it.
  const anvil = spawn(anvilBinary(), args, { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  let complaint = '';
  anvil.stderr.on('data', (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(-2_000)));
  const guard = endWithThisProcess(anvil);
  const ended = once(anvil, 'exit').then(() => void guard.kill('SIGKILL'));

  const rpcUrl = `http://${HOST}:${port}`;
  await Promise.race([
    ready(rpcUrl, anvil),
    ended.then(() => {
      throw new Error(startFaults.chainEnded(complaint.trim()));
    }),
  ]);
  return {
    rpcUrl,
    chainId,
    pid: anvil.pid ?? null,
    async stop() {
      // On SIGTERM and SIGINT anvil writes its state and goes.
      anvil.kill('SIGTERM');
      await ended;
    },
  };
}

/** Ends anvil, state written, when this process is gone in whatever way: then the guard's input comes to its end. */
function endWithThisProcess(anvil: ChildProcess): ChildProcess {
  const guard = spawn('/bin/sh', ['-c', 'cat >/dev/null; kill "$0"', String(anvil.pid)], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  guard.unref();
  return guard;
}

async function ready(rpcUrl: string, anvil: ChildProcess): Promise<void> {
  const client = createChainClient({ rpcUrl });
  const deadline = Date.now() + READY_MS;
  while (anvil.exitCode === null && Date.now() < deadline) {
    try {
      await client.getChainId();
      return;
    } catch (error) {
      if (!(error instanceof BaseError)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
  if (anvil.exitCode === null) anvil.kill('SIGKILL');
  throw new Error(startFaults.chainNotReady(rpcUrl, READY_MS / 1000));
}

/** The native program itself: npm's wrapper script would stand between it and our signals. */
function anvilBinary(): string {
  const resolve = createRequire(createRequire(import.meta.url).resolve('@foundry-rs/anvil/package.json')).resolve;
  const platform = process.platform === 'win32' ? 'win32' : process.platform;
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  return join(dirname(resolve(`@foundry-rs/anvil-${platform}-${arch}/package.json`)), 'bin', process.platform === 'win32' ? 'anvil.exe' : 'anvil');
}

/** The port asked for if nobody has it (whoever has it would answer in anvil's place), or with 0 any free one. */
async function freePort(port: number): Promise<number> {
  const server = createServer().listen(port, HOST);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new Error(startFaults.chainPortTaken(port, HOST), { cause: error });
  }
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port on loopback');
  return address.port;
}
