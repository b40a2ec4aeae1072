/** The verifying door by snarkjs: one pairing equation over three public signals. */
import { groth16 } from 'snarkjs';
import { isScalar } from '../../protocol/field.ts';
import { keyToSnarkjs, parseKey } from '../../protocol/groth16-key.ts';
import { proofFromBytes } from '../../protocol/groth16-proof.ts';
import type { Verifier } from '../verifier.ts';
import { withCurveThreads } from './curve-threads.ts';

export const snarkjsVerifier: Verifier = {
  /** False, too, for a key or proof that is no key or proof: what does not parse does not hold. */
  async verify(keyBytes, signals, proofBytes) {
    const key = parseKey(keyBytes);
    const proof = proofFromBytes(proofBytes);
    if (!key.ok || proof === null || !signals.every(isScalar)) return false;
    return withCurveThreads(() => groth16.verify(keyToSnarkjs(key.value), signals.map(String), proof));
  },
};
