/** The verifying door by snarkjs: one pairing equation over three public signals. */
import { curves, groth16 } from 'snarkjs';
import { isScalar } from '../../protocol/field.ts';
import { keyToSnarkjs, parseKey } from '../../protocol/groth16-key.ts';
import { proofFromBytes } from '../../protocol/groth16-proof.ts';
import type { Verifier } from '../verifier.ts';

export const snarkjsVerifier: Verifier = {
  /** False, too, for a key or proof that is no key or proof: what does not parse does not hold. */
  async verify(keyBytes, signals, proofBytes) {
    const key = parseKey(keyBytes);
    const proof = proofFromBytes(proofBytes);
    if (!key.ok || proof === null || !signals.every(isScalar)) return false;
    await (curve ??= curveWithoutThreads());
    return groth16.verify(keyToSnarkjs(key.value), signals.map(String), proof);
  },
};

let curve: Promise<void> | null = null;

/**
 * snarkjs takes the curve that it finds under this name. Where it finds none it makes one with threads, from `blob:` URLs that the
 * page's policy refuses, and waits for them for ever; a single equation needs none.
 */
async function curveWithoutThreads(): Promise<void> {
  try {
    Object.assign(globalThis, { curve_bn128: await curves.getCurveFromName('bn128', { singleThread: true }) });
  } catch (error) {
    curve = null;
    throw error;
  }
}
