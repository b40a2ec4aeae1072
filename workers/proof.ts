/** The proof thread: witness and Groth16 proof, away from the page. */
import { expose } from 'comlink';
import { snarkjsProver } from '../src/proof/groth16/snarkjs-prover.ts';

expose(snarkjsProver);
