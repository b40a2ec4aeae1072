/** Who owns the data: may go away and come back, and knows every row and key that must not be seen anywhere else. */
import { loadSecrets } from '../../devnet/custody.ts';
import { digitRows } from '../../devnet/digit-rows.ts';
import type { Network } from '../../devnet/network.ts';
import { fromHex } from '../../src/protocol/bytes.ts';
import { deriveShardKey } from '../../src/protocol/shard-key.ts';

export class Custodian {
  readonly #network: Network;

  constructor(network: Network) {
    this.#network = network;
  }

  async stops(): Promise<void> {
    await this.#network.custodian.stop();
  }

  async returns(): Promise<void> {
    await this.#network.custodian.start();
  }

  /** Its names in the network. */
  peers(): readonly string[] {
    return this.#network.deployment.custodians.map((address) => address.split('/').at(-1) ?? '');
  }

  /** Each row of the dataset, opened. */
  rows(): readonly Uint8Array[] {
    const { rows, rowCount, column } = digitRows();
    return Array.from({ length: rowCount }, (_, row) => rows.subarray(row * column.count, (row + 1) * column.count));
  }

  async shardKeys(): Promise<readonly Uint8Array[]> {
    const { dataset } = this.#network.custodian.current;
    const { ownerSecret } = await loadSecrets(this.#network.custodianHome);
    return dataset.list.shards.map((_, index) => deriveShardKey(ownerSecret, fromHex(dataset.head.salt), index));
  }
}
