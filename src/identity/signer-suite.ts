/** What every signer promises, run against each implementation. */
import { describe, expect, it } from 'vitest';
import { recoverTypedDataAddress } from 'viem';
import { fromHex, toHex } from '../protocol/bytes.ts';
import { claimTypedData } from '../protocol/claim.ts';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { isBoxKey } from '../protocol/wrapped-key.ts';
import type { ClaimToSign, Signer } from './signer.ts';

export function signerSuite(name: string, open: () => Promise<Signer>): void {
  describe(name, () => {
    const claimFor = async (signer: Signer): Promise<ClaimToSign> => ({
      chainId: 31337,
      market: `0x${'22'.repeat(20)}`,
      task: `0x${'33'.repeat(32)}`,
      unit: 5,
      boxKey: `0x${'44'.repeat(32)}`,
      claimant: await signer.address(),
      expires: 1_800_000_000,
    });

    it('signs a claim that recovers to its address', async () => {
      const signer = await open();
      const claim = await claimFor(signer);
      const signature = await signer.signClaim(claim);
      expect(fromHex(signature)).toHaveLength(65);
      expect(await recoverTypedDataAddress({ ...claimTypedData(claim), signature })).toBe(await signer.address());
    });

    it('signs this claim and no other', async () => {
      const signer = await open();
      const claim = await claimFor(signer);
      const signature = await signer.signClaim(claim);
      const changed = [
        { unit: 6 },
        { chainId: 1 },
        { task: toHex(new Uint8Array(32)) },
        { boxKey: toHex(new Uint8Array(32)) },
        { expires: 1_800_000_001 },
        { market: toHex(new Uint8Array(20)) },
      ];
      for (const change of changed) {
        const other = claimTypedData({ ...claim, ...change });
        expect(await recoverTypedDataAddress({ ...other, signature })).not.toBe(await signer.address());
      }
    });

    it('keeps s in the lower half, since contracts refuse the other twin', async () => {
      const signer = await open();
      const claim = await claimFor(signer);
      for (let unit = 0; unit < 8; unit++) {
        const s = BigInt(toHex(fromHex(await signer.signClaim({ ...claim, unit })).slice(32, 64)));
        expect(s <= secp256k1.Point.Fn.ORDER / 2n).toBe(true);
      }
    });

    it('holds a box key whose private half cannot be exported, beside its raw public half', async () => {
      const signer = await open();
      const box = await signer.boxKey();
      expect(box.privateKey.extractable).toBe(false);
      await expect(crypto.subtle.exportKey('pkcs8', box.privateKey)).rejects.toThrow();
      expect(toHex(new Uint8Array(await crypto.subtle.exportKey('raw', box.publicKey)))).toBe(await signer.boxPublicKey());
      expect(isBoxKey(await signer.boxPublicKey())).toBe(true);
    });
  });
}
