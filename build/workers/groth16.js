/** The library's worker in browsers: a circuit and its proofs, away from the page, on threads of its own. */
import { webEnvironment } from "../src/proof/bn254/web-threads.js";
import { serveGroth16 } from "../src/proof/groth16/serve-groth16.js";
const serve = serveGroth16(webEnvironment, (reply) => postMessage(reply));
addEventListener('message', ({ data }) => void serve(data));
