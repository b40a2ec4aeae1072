/** Who asks for work and pays for it. */
import type { Network } from '../../devnet/network.ts';
import type { TaskId } from '../../src/protocol/ids.ts';

export class Requester {
  readonly #network: Network;

  constructor(network: Network) {
    this.#network = network;
  }

  /** One task with a unit for each of these shards. */
  async asksFor(shards: readonly number[]): Promise<TaskId> {
    return (await this.#network.requester.posts(shards)).id;
  }
}
