import { expect, it } from 'vitest';
import { signerSuite } from './signer-suite.ts';
import { createWalletSigner } from './wallet-signer.ts';

/** The first account of the mnemonic that every EVM development chain ships: public, and worth nothing. */
const DEVELOPMENT_KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';

signerSuite('createWalletSigner', () => createWalletSigner(DEVELOPMENT_KEY));

it('has the address that every other tool derives from the same key', async () => {
  expect(await (await createWalletSigner(DEVELOPMENT_KEY)).address()).toBe('0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266');
});
