/** The relay, as something that can die. */
import type { Network } from '../../devnet/network.ts';

export class Relay {
  readonly #network: Network;

  constructor(network: Network) {
    this.#network = network;
  }

  /** SIGKILL: no goodbye to anyone. */
  async dies(): Promise<void> {
    await this.#network.relay.stop((relay) => relay.kill());
  }

  async returns(): Promise<void> {
    await this.#network.relay.start();
  }
}
