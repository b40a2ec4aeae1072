/** The chain, as something that can be down, whose clock can be moved on, and in which everything is public. */
import { createTestClient, http, type TestClient } from 'viem';
import type { Network } from '../../devnet/network.ts';
import { marketAbi } from '../../src/consensus/evm/abi.ts';
import { createChainClient } from '../../src/consensus/evm/chain-client.ts';
import { fromHex } from '../../src/protocol/bytes.ts';

export interface Settled {
  readonly unit: string;
  readonly beneficiary: string;
  readonly paid: bigint;
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

  /** Every settlement so far, oldest first; `unit` names the task too. */
  async settlements(): Promise<readonly Settled[]> {
    const { rpcUrl, market, fromBlock } = this.#network.deployment;
    const events = await createChainClient(rpcUrl).getContractEvents({
      address: market,
      abi: marketAbi,
      eventName: 'Settled',
      fromBlock: BigInt(fromBlock),
      strict: true,
    });
    return events.map(({ args }) => ({ unit: `${args.task}/${args.unit}`, beneficiary: args.beneficiary, paid: args.paid }));
  }

  /** Calldata of every transaction, and data of every log. */
  async everything(): Promise<readonly Uint8Array[]> {
    const client = createChainClient(this.#network.deployment.rpcUrl);
    const last = Number(await client.getBlockNumber());
    const blocks = await Promise.all(
      Array.from({ length: last + 1 }, (_, number) => client.getBlock({ blockNumber: BigInt(number), includeTransactions: true })),
    );
    const logs = await client.getLogs({ fromBlock: 0n, toBlock: 'latest' });
    return [...blocks.flatMap(({ transactions }) => transactions.map(({ input }) => input)), ...logs.map(({ data }) => data)].map(fromHex);
  }
}
