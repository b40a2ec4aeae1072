/** The comparison in Node: each circuit in a process of its own, and peaks in one process a prover. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { CircuitFiles } from './circuits.ts';
import type { Comparison, Peaks } from './runs.ts';

/** As `npm run build:library` writes it. */
const LIBRARY = pathToFileURL(path.resolve('build/src/proof/groth16/node-groth16.js')).href;

export async function compareInNode({ zkey, wtns }: CircuitFiles, rounds: number, kernel: string | undefined): Promise<Comparison> {
  const run = async (what: string): Promise<unknown> => {
    const request = JSON.stringify({ library: LIBRARY, what, zkey: path.resolve(zkey), wtns: path.resolve(wtns), rounds, kernel });
    const { stdout } = await promisify(execFile)(process.execPath, [path.join(import.meta.dirname, 'prove-in-node.js'), request]);
    return JSON.parse(stdout);
  };
  const { runs, metadata } = (await run('runs')) as Pick<Comparison, 'runs' | 'metadata'>;
  const [nothing, peer, ours] = [await run('peak-of-nothing'), await run('peak-of-peer'), await run('peak-of-ours')] as number[];
  const peaks: Peaks = { nothing, peer, ours };
  return { runs, metadata, peaks };
}
