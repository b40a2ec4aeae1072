import { readFileSync } from 'node:fs';
import { hashTypedData, recoverTypedDataAddress } from 'viem';
import { expect, it } from 'vitest';
import type { Hex } from './bytes.ts';
import { claimTypedData, encodeAuth, type ClaimMessage } from './claim.ts';

const vector = JSON.parse(readFileSync(new URL('../../fixtures/vectors/claim.json', import.meta.url), 'utf8')) as {
  claim: ClaimMessage;
  digest: Hex;
  signature: Hex;
  auth: Hex;
};

it('is signed as the vectors say, and means nothing on another chain or to another market', async () => {
  const typed = claimTypedData(vector.claim);
  expect(hashTypedData(typed)).toBe(vector.digest);
  expect((await recoverTypedDataAddress({ ...typed, signature: vector.signature })).toLowerCase()).toBe(vector.claim.claimant);
  expect(encodeAuth(vector.claim.expires, vector.signature)).toBe(vector.auth);
  expect(hashTypedData(claimTypedData({ ...vector.claim, chainId: 1 }))).not.toBe(vector.digest);
  expect(hashTypedData(claimTypedData({ ...vector.claim, market: vector.claim.claimant }))).not.toBe(vector.digest);
});
