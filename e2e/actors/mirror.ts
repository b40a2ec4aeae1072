/** Who serves public files over HTTP, as one that sends something else than it was asked for. */
import type { Network } from '../../devnet/network.ts';
import { expectOk } from '../../src/marketplace/staged-market.ts';
import { publishedHeads } from '../../src/marketplace/published-heads.ts';
import type { Hex } from '../../src/protocol/bytes.ts';
import type { Volunteer } from './volunteer.ts';

export class Mirror {
  readonly #network: Network;

  constructor(network: Network) {
    this.#network = network;
  }

  get url(): string {
    return this.#network.deployment.mirrors[0] ?? '';
  }

  /** Whenever this volunteer asks for the file from now on, or its service worker does. Every other file is what it should be. */
  async falsifies(file: 'model' | 'shard-list', volunteer: Volunteer): Promise<void> {
    const hash = await (file === 'model' ? this.#model() : this.#shardList());
    await volunteer.browser.route(`${this.url}/${hash.slice(2)}`, (route) => route.fulfill({ body: Buffer.from('not what was asked for') }));
  }

  async #model(): Promise<Hex> {
    const [model] = expectOk(await publishedHeads(this.#network.ledger, 'prooftab/model/1'));
    return model.head.onnx;
  }

  async #shardList(): Promise<Hex> {
    const [dataset] = expectOk(await publishedHeads(this.#network.ledger, 'prooftab/dataset/1'));
    return dataset.head.shards;
  }
}
