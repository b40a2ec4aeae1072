/** The comparison in a browser: both provers in one page, each called as its users call it. */
import { groth16 as peer } from 'snarkjs';
import { groth16 } from '../../../src/proof/groth16/web-groth16.ts';
import type { Groth16Options } from '../../../src/proof/groth16/snarkjs-calls.ts';

export interface PageBench {
  /** Milliseconds of one proof by the peer, from a Blob, which it has to read whole. */
  peer(): Promise<number>;
  /** Of one proof by ours, from a Blob, and of one with a key that is open already. */
  ours(options: Groth16Options): Promise<number>;
  again(options: Groth16Options): Promise<{ readonly wall: number; readonly metadata: object }>;
  isolated: boolean;
}

const blob = async (url: string) => (await fetch(url)).blob();
const bytes = async (file: Blob) => new Uint8Array(await file.arrayBuffer());

async function bench(): Promise<PageBench> {
  const [zkey, wtns] = await Promise.all([blob('/zkey'), blob('/wtns')]);
  let open: Awaited<ReturnType<typeof groth16.open>> | null = null;
  const timed = async (work: () => Promise<unknown>) => {
    const started = performance.now();
    await work();
    return performance.now() - started;
  };
  return {
    isolated: crossOriginIsolated,
    peer: () => timed(async () => peer.prove({ type: 'mem', data: await bytes(zkey) }, { type: 'mem', data: await bytes(wtns) })),
    ours: (options) => timed(() => groth16.prove(zkey, wtns, null, options)),
    async again(options) {
      const circuit = (open ??= await groth16.open(zkey, options));
      const started = performance.now();
      const { metadata } = await circuit.prove(wtns);
      return { wall: performance.now() - started, metadata };
    },
  };
}

declare global {
  interface Window {
    bench: Promise<PageBench>;
  }
}
window.bench = bench();
