import { describe, expect, it } from 'vitest';
import { equalBytes, toHex } from '../protocol/bytes.ts';
import { sha256 } from '../protocol/sha256.ts';
import { developmentTrapdoor, forgedKey, forgedProof, trapdoorFrom } from './forged-key.ts';
import { ledgerSuite, requester } from './ledger-suite.ts';
import { createMemoryChain } from './memory-ledger.ts';
import { stagedKey, stagedParts } from './staged-task.ts';

ledgerSuite('the ledger in memory', () => {
  let passed = 0;
  const chain = createMemoryChain({
    now: () => 1_800_000_000 + passed,
    balances: { [requester.address]: 10n ** 27n },
    // The proofs of this suite are forged, each in the one way that this compares with.
    verifier: { verify: (_key, signals, proof) => Promise.resolve(equalBytes(proof, forgedProof(developmentTrapdoor, signals))) },
  });
  return Promise.resolve({
    as: (account) => chain.as(account.address),
    advance: (seconds) => {
      passed += seconds;
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  });
});

describe('a chain in memory that is not the development chain', () => {
  const chain = createMemoryChain({ chainId: 4242, verifier: { verify: () => Promise.resolve(true) } });
  const ordinary = forgedKey(trapdoorFrom('a key of its own '));
  const registered = (flags: number, key = stagedKey, hash = stagedParts.key) =>
    chain.as(requester.address).send({ send: 'register', parts: { ...stagedParts, flags, key: hash }, key });

  it('takes no development key, and no circuit that says it is INSECURE', async () => {
    const refused = { ok: false, failure: { kind: 'reverted', error: 'DevelopmentKey', args: [] } };
    expect(await registered(0)).toEqual(refused);
    expect(await registered(1)).toEqual(refused);
    expect(await registered(1, toHex(ordinary), sha256(ordinary))).toEqual(refused);
    expect(await registered(0, toHex(ordinary), sha256(ordinary))).toMatchObject({ ok: true });
  });
});
