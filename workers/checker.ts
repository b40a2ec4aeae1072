/** The thread that checks proofs: setting up the curve takes a tenth of a second, which a page would be felt to stop for. */
import { expose } from 'comlink';
import { snarkjsVerifier } from '../src/proof/groth16/snarkjs-verifier.ts';

expose(snarkjsVerifier);
