import { compileContracts } from '../../../scripts/compile-contracts.ts';
import { createEvmLedger } from '../evm/evm-ledger.ts';
import { deployContracts } from '../evm/deploy-contracts.ts';
import { createWalletSender } from '../evm/wallet-sender.ts';
import { answered, ledgerSuite, requester, stranger, volunteer } from '../ledger-suite.ts';
import { createTabChain } from './tab-chain.ts';

ledgerSuite('the ledger on a chain in a tab', async () => {
  let ahead = 0;
  const provider = await createTabChain(() => Date.now() / 1000 + ahead);
  const network = { provider, ...(await answered(deployContracts({ provider }, await compileContracts(), requester))) };
  const senders = new Map([requester, volunteer, stranger].map((account) => [account.address, createWalletSender(network, account)]));
  return {
    as: (account) => createEvmLedger(network, senders.get(account.address) ?? createWalletSender(network, account), { interval: 20 }),
    advance: async (seconds) => {
      ahead += seconds;
    },
    close: () => Promise.resolve(),
  };
});
