/** A thread of the prover in Node. */
import { parentPort } from 'node:worker_threads';
import { serveKernel } from '../src/proof/bn254/serve-kernel.ts';
import type { ThreadMessage, ThreadReply } from '../src/proof/bn254/kernel-threads.ts';

const serve = serveKernel((reply: ThreadReply) => parentPort?.postMessage(reply));
parentPort?.on('message', (message: ThreadMessage) => void serve(message));
