/** The chain, as something that can be down, whose clock can be moved on, and in which everything is public. */
import { createTestClient, http, type PublicClient, type TestClient } from 'viem';
import type { Network } from '../../devnet/network.ts';
import { marketAbi } from '../../src/consensus/evm/abi.ts';
import { createChainClient } from '../../src/consensus/evm/chain-client.ts';
import { fromHex, type Hex } from '../../src/protocol/bytes.ts';

export interface Claimed {
  /** Names the task too. */
  readonly unit: string;
  readonly claimant: string;
}

export interface Settled {
  /** Names the task too. */
  readonly unit: string;
  readonly beneficiary: string;
  readonly paid: bigint;
  /** Of the call that delivered it. */
  readonly calldata: Hex;
}

export class Chain {
  readonly #network: Network;
  readonly #clock: TestClient;

  constructor(network: Network) {
    this.#network = network;
    this.#clock = createTestClient({ mode: 'anvil', transport: http(network.deployment.rpcUrl) });
  }

  async goesDown(): Promise<void> {
    await this.#network.chain.stop();
  }

  async returns(): Promise<void> {
    await this.#network.chain.start();
  }

  async movesOn(seconds: number): Promise<void> {
    await this.#clock.increaseTime({ seconds });
    await this.#clock.mine({ blocks: 1 });
  }

  /** Every claim of this account so far, oldest first. */
  async claimsOf(account: string): Promise<readonly Claimed[]> {
    const events = await this.#client().getContractEvents({ ...this.#market(), eventName: 'Claimed', strict: true });
    const claims = events.map(({ args }) => ({ unit: `${args.task}/${args.unit}`, claimant: args.claimant }));
    return claims.filter(({ claimant }) => claimant.toLowerCase() === account.toLowerCase());
  }

  /** Every settlement so far, oldest first. */
  async settlements(): Promise<readonly Settled[]> {
    const client = this.#client();
    const events = await client.getContractEvents({ ...this.#market(), eventName: 'Settled', strict: true });
    return Promise.all(
      events.map(async ({ args, transactionHash: hash }) => {
        const { input } = await client.getTransaction({ hash });
        return { unit: `${args.task}/${args.unit}`, beneficiary: args.beneficiary, paid: args.paid, calldata: input };
      }),
    );
  }

  /** Those that paid this account: what an earlier test's tab sent off last may be mined during a later test. */
  async settlementsTo(account: string): Promise<readonly Settled[]> {
    return (await this.settlements()).filter(({ beneficiary }) => beneficiary.toLowerCase() === account.toLowerCase());
  }

  /** Calldata of every transaction, and data of every log. */
  async everything(): Promise<readonly Uint8Array[]> {
    const client = this.#client();
    const last = Number(await client.getBlockNumber());
    const blocks = await Promise.all(
      Array.from({ length: last + 1 }, (_, number) => client.getBlock({ blockNumber: BigInt(number), includeTransactions: true })),
    );
    const logs = await client.getLogs({ fromBlock: 0n, toBlock: 'latest' });
    return [...blocks.flatMap(({ transactions }) => transactions.map(({ input }) => input)), ...logs.map(({ data }) => data)].map(fromHex);
  }

  #client(): PublicClient {
    return createChainClient(this.#network.deployment);
  }

  #market() {
    const { market, fromBlock } = this.#network.deployment;
    return { address: market, abi: marketAbi, fromBlock: BigInt(fromBlock) };
  }
}
