/** Keys and programs of another project, from a ceremony of its own: Semaphore's, as npm has them (109 MB, kept after the first time). */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { groth16 as reference } from 'snarkjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { groth16 } from './node-groth16.ts';

const PACKAGE = '@zk-kit/semaphore-artifacts@4.13.0';
const SHA_512 = 'UgFQkcwI63XT1Xk8fkUYMNfcuR85LiSL3Of9XLsyMLflHkiwXP9D1WC8hnpD8Tp2HoAMJ/mCv7ZMlU7TC0mvdQ==';
const folder = path.resolve('.prooftab/peers');
const archive = path.join(folder, 'zk-kit-semaphore-artifacts-4.13.0.tgz');
const depths = [1, 20, 32] as const;
const file = (name: string) => path.join(folder, 'package', name);

beforeAll(() => {
  mkdirSync(folder, { recursive: true });
  if (!existsSync(archive)) execFileSync('npm', ['pack', PACKAGE, '--silent', '--pack-destination', folder]);
  expect(createHash('sha512').update(readFileSync(archive)).digest('base64')).toBe(SHA_512);
  const names = depths.flatMap((depth) => ['zkey', 'wasm', 'json'].map((type) => `package/semaphore-${depth}.${type}`));
  execFileSync('tar', ['xzf', archive, '-C', folder, ...names]);
}, 300_000);

describe("Semaphore's proofs", () => {
  it.each(depths)('are made from its keys and programs, and hold by its verification keys: depth %i', async (depth) => {
    const [zkey, program, key] = ['zkey', 'wasm', 'json'].map((type) => file(`semaphore-${depth}.${type}`));
    const siblings = Array.from({ length: depth }, (_, i) => (i === 0 ? 12345n : 0n));
    const input = { secret: 987654321n, merkleProofLength: 1, merkleProofIndex: 1, merkleProofSiblings: siblings, message: 7, scope: 9 };
    for (const kernel of ['fused', 'integer'] as const) {
      const { proof, publicSignals, metadata } = await groth16.fullProve(input, program, zkey, null, null, { kernel });
      expect(metadata).toMatchObject({ kernel, forgeable: false });
      expect(publicSignals.slice(2)).toEqual(['7', '9']);
      const verificationKey = JSON.parse(readFileSync(key, 'utf8')) as object;
      expect(await reference.verify(verificationKey, publicSignals, proof)).toBe(true);
    }
  });
});
