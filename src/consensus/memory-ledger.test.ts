import { equalBytes } from '../protocol/bytes.ts';
import { developmentTrapdoor, forgedProof } from './forged-key.ts';
import { ledgerSuite, requester } from './ledger-suite.ts';
import { createMemoryChain } from './memory-ledger.ts';

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
