/** Someone else with an account, who wants the very unit that a volunteer let go. */
import { marketAbi } from '../../src/consensus/evm/abi.ts';
import { createChainClient } from '../../src/consensus/evm/chain-client.ts';
import { createEvmLedger } from '../../src/consensus/evm/evm-ledger.ts';
import { createSponsoredSender } from '../../src/consensus/evm/sponsored-sender.ts';
import { createWalletSigner } from '../../src/identity/wallet-signer.ts';
import { claimTask } from '../../src/marketplace/claim-task.ts';
import { toHex } from '../../src/protocol/bytes.ts';
import type { Address } from '../../src/protocol/ids.ts';
import type { Network } from '../../devnet/network.ts';

export class Rival {
  readonly #network: Network;

  constructor(network: Network) {
    this.#network = network;
  }

  /** Claims the unit that this account claimed last, and whose lease has passed by now. */
  async takesTheUnitOf(account: string): Promise<void> {
    const { deployment } = this.#network;
    const ledger = createEvmLedger(deployment, createSponsoredSender(deployment, deployment.sponsorUrl ?? ''));
    const signer = await createWalletSigner(toHex(crypto.getRandomValues(new Uint8Array(32))));
    const [claims, clock, tasks] = await Promise.all([
      createChainClient(deployment).getContractEvents({
        address: deployment.market,
        abi: marketAbi,
        eventName: 'Claimed',
        args: { claimant: account as Address },
        fromBlock: 0n,
        strict: true,
      }),
      ledger.read({ read: 'clock' }),
      ledger.read({ read: 'tasks' }),
    ]);
    const last = claims.at(-1)?.args;
    const posted = tasks.ok ? tasks.value.find(({ id }) => id === last?.task) : undefined;
    if (!last || !posted || !clock.ok) throw new Error('nothing was claimed, or the chain does not answer');
    const { chainId, market, time } = clock.value;
    const claimed = await claimTask({ ledger, signer }, { chainId, market, task: posted.id, terms: posted.terms, unit: last.unit }, time);
    if (!claimed.ok) throw new Error(JSON.stringify(claimed.failure));
  }
}
