/** A thread of the prover in a browser. */
import { serveKernel } from '../src/proof/bn254/serve-kernel.ts';
import type { ThreadMessage, ThreadReply } from '../src/proof/bn254/kernel-threads.ts';

const serve = serveKernel((reply: ThreadReply) => postMessage(reply));
addEventListener('message', ({ data }: MessageEvent<ThreadMessage>) => void serve(data));
