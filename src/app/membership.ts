/** Being part of the peer network: joined when work begins, left when it stops, with traffic added up over both. */
import type { NetworkState, Peer, PeerNetwork } from '../network/peer-network.ts';
import type { PeerTraffic } from './worksite.ts';

export class Membership {
  readonly #join: () => Promise<PeerNetwork>;
  readonly #listeners: ((traffic: PeerTraffic) => void)[] = [];
  #joined: Promise<PeerNetwork> | null = null;
  /** What earlier memberships of this page moved. */
  #before = { bytesIn: 0, bytesOut: 0 };
  #now = { bytesIn: 0, bytesOut: 0 };

  constructor(join: () => Promise<PeerNetwork>) {
    this.#join = join;
  }

  /** The network, joined if it was not. A failed attempt is forgotten, so that the next one tries again. */
  network(): Promise<PeerNetwork> {
    this.#joined ??= this.#enter();
    return this.#joined;
  }

  /** Closes all links now; what is under way ends as unreachable. */
  leave(): void {
    const left = this.#joined;
    this.#joined = null;
    this.#before = { bytesIn: this.#before.bytesIn + this.#now.bytesIn, bytesOut: this.#before.bytesOut + this.#now.bytesOut };
    this.#now = { bytesIn: 0, bytesOut: 0 };
    void left?.then(
      (network) => network.close(),
      () => undefined,
    );
    this.#tell(null, 0);
  }

  watch(listener: (traffic: PeerTraffic) => void): void {
    this.#listeners.push(listener);
  }

  #enter(): Promise<PeerNetwork> {
    const entering: Promise<PeerNetwork> = this.#join().then(
      async (network) => {
        await network.watch((state) => {
          if (this.#joined === entering) this.#note(state);
        });
        return network;
      },
      (thrown: unknown) => {
        if (this.#joined === entering) this.#joined = null;
        throw thrown;
      },
    );
    return entering;
  }

  #note({ self, bytesIn, bytesOut, links }: NetworkState): void {
    this.#now = { bytesIn, bytesOut };
    this.#tell(self, links.filter(({ direct, role }) => direct && role !== 'relay').length);
  }

  #tell(self: Peer | null, peers: number): void {
    const traffic = { self, bytesIn: this.#before.bytesIn + this.#now.bytesIn, bytesOut: this.#before.bytesOut + this.#now.bytesOut, peers };
    for (const listener of this.#listeners) listener(traffic);
  }
}
