/** A thread of the prover in a browser. */
import { serveKernel } from "../src/proof/bn254/serve-kernel.js";
const serve = serveKernel((reply) => postMessage(reply));
addEventListener('message', ({ data }) => void serve(data));
