/** The proof thread: witness and Groth16 proof, away from the page, on threads of its own. */
import { expose } from 'comlink';
import { webEnvironment } from '../src/proof/bn254/web-threads.ts';
import { createGroth16Prover } from '../src/proof/groth16/groth16-prover.ts';

expose(createGroth16Prover(webEnvironment));
