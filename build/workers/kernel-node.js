/** A thread of the prover in Node. */
import { parentPort } from 'node:worker_threads';
import { serveKernel } from "../src/proof/bn254/serve-kernel.js";
const serve = serveKernel((reply) => parentPort?.postMessage(reply));
parentPort?.on('message', (message) => void serve(message));
