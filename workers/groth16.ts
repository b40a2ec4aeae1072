/** The library's worker in browsers: a circuit and its proofs, away from the page, on threads of its own. */
import { webEnvironment } from '../src/proof/bn254/web-threads.ts';
import { serveGroth16, type ProverMessage, type ProverReply } from '../src/proof/groth16/serve-groth16.ts';

const serve = serveGroth16(webEnvironment, (reply: ProverReply) => postMessage(reply));
addEventListener('message', ({ data }: MessageEvent<ProverMessage>) => void serve(data));
