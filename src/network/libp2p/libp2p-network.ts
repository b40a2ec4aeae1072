/** The network door over libp2p: fixed peers kept connected, a mesh of direct links, announcements, and the blob and key protocols. */
import type { Connection } from '@libp2p/interface';
import { peerIdFromString } from '@libp2p/peer-id';
import { multiaddr } from '@multiformats/multiaddr';
import type { ShardId } from '../../protocol/ids.ts';
import { fail, ok } from '../../protocol/result.ts';
import type { Result } from '../../protocol/result.ts';
import type { WrappedKey } from '../../protocol/wrapped-key.ts';
import type { Content } from '../../storage/shard-store.ts';
import { Assembly } from '../assembly.ts';
import type { DenyList } from '../deny-list.ts';
import type { Fetched, KeyRequest, Link, NetworkFailure, NetworkState, Peer, PeerNetwork, Served } from '../peer-network.ts';
import { fetchFromSources } from '../sources.ts';
import type { Source } from '../sources.ts';
import { Traffic } from '../traffic.ts';
import { Watchers } from '../watchers.ts';
import { haveTopic } from '../wire.ts';
import { pullBlob, serveBlobs } from './blob-protocol.ts';
import { isDirect } from './direct-link.ts';
import type { MeshNode } from './gossip-service.ts';
import { HaveGossip } from './have-gossip.ts';
import { askForKey, serveKeys } from './key-protocol.ts';
import { MeshKeeper } from './mesh-keeper.ts';
import { RelaySupervisor, onWake } from './relay-supervisor.ts';
import type { FixedPeer } from './relay-supervisor.ts';

export interface Libp2pNetworkOptions {
  readonly node: MeshNode;
  readonly chainId: number;
  /** Multiaddrs that end in `/p2p/<id>`; several may name one peer. */
  readonly relays: readonly string[];
  readonly custodians: readonly string[];
  readonly served: Served;
  readonly denied: DenyList;
  /** Whether other peers should keep a direct link to this one: true for tabs, false for hosts that everyone knows by address. */
  readonly presence: boolean;
  /** Where another volunteer is dialled; through the relays, unless a test says otherwise. */
  readonly addressesOf?: (peer: Peer) => readonly string[];
  /** Milliseconds that a fetch waits for a new source before it gives up. */
  readonly patience?: number;
}

/** A newcomer's link and announcements take a second or two; a phone on a slow relay a few more. */
const PATIENCE_MS = 8000;
/** Milliseconds that a fetch leaves to links and announcements on their way before it dials a custodian itself. */
const MOMENT_MS = 2000;
const DIAL_DEADLINE_MS = 20_000;
/** Relays to hold at once, and custodians: one may vanish. */
const WANTED = 2;

/** Joins with a node that is already started; closing the network stops the node. */
export async function joinLibp2pNetwork(options: Libp2pNetworkOptions): Promise<PeerNetwork> {
  const network = new Libp2pNetwork(options);
  await network.serve(options.served);
  network.start();
  return network;
}

class Libp2pNetwork implements PeerNetwork {
  readonly #node: MeshNode;
  readonly #denied: DenyList;
  readonly #relays: readonly FixedPeer[];
  readonly #custodians: readonly FixedPeer[];
  readonly #addressesOf: (peer: Peer) => readonly string[];
  readonly #patience: number;
  readonly #watchers = new Watchers(() => this.#state());
  readonly #traffic = new Traffic(() => {
    this.#watchers.changed();
  });
  readonly #gossip: HaveGossip;
  readonly #mesh: MeshKeeper;
  readonly #relaySupervisor: RelaySupervisor;
  readonly #custodianSupervisor: RelaySupervisor;
  readonly #stopWaking: () => void;
  /** Fetches that wait for a source to appear. */
  readonly #waiting = new Set<() => void>();
  #closed = false;
  readonly #onLinks = (): void => {
    this.#relaySupervisor.tick();
    this.#custodianSupervisor.tick();
    this.#changed();
  };

  constructor({ node, chainId, relays, custodians, denied, presence, addressesOf, patience = PATIENCE_MS }: Libp2pNetworkOptions) {
    this.#node = node;
    this.#denied = denied;
    this.#relays = byPeer(relays);
    this.#custodians = byPeer(custodians);
    this.#addressesOf = addressesOf ?? ((peer) => relays.map((relay) => `${relay}/p2p-circuit/webrtc/p2p/${peer}`));
    this.#patience = patience;
    this.#relaySupervisor = this.#supervise(this.#relays);
    this.#custodianSupervisor = this.#supervise(this.#custodians);
    this.#gossip = new HaveGossip({
      gossip: node.services.gossip,
      topic: haveTopic(chainId),
      self: this.#self,
      denied,
      traffic: this.#traffic,
      presence,
      onChange: () => {
        this.#mesh.tick();
        this.#changed();
      },
    });
    this.#mesh = new MeshKeeper({
      self: this.#self,
      linked: () => new Set(this.#volunteers()),
      candidates: () => (presence ? this.#gossip.peers().filter((peer) => this.#roleOf(peer) === 'volunteer') : []),
      dial: async (peer) => {
        await this.#dial(this.#addressesOf(peer));
      },
    });
    this.#stopWaking = onWake(() => {
      this.#relaySupervisor.kick();
      this.#custodianSupervisor.kick();
    });
    node.addEventListener('connection:open', this.#onLinks);
    node.addEventListener('connection:close', this.#onLinks);
  }

  async serve({ blob, key }: Served): Promise<void> {
    if (blob !== undefined) await serveBlobs(this.#node, blob, this.#traffic);
    if (key !== undefined) await serveKeys(this.#node, key, this.#traffic);
  }

  start(): void {
    this.#relaySupervisor.tick();
    this.#custodianSupervisor.tick();
  }

  async fetch(content: Content, size: number, onProgress?: (received: number, from: Peer) => void): Promise<Result<Fetched, NetworkFailure>> {
    const started = Date.now();
    return fetchFromSources(
      new Assembly(content, size),
      {
        next: async (asked, patient) => this.#nextSource(content, asked, started, patient ? this.#patience : 0),
        deny: async (peer) => this.#deny(peer),
      },
      onProgress,
    );
  }

  async requestKey(request: KeyRequest): Promise<Result<WrappedKey, NetworkFailure>> {
    let refused: NetworkFailure | null = null;
    for (const custodian of this.#custodians) {
      const connection = await this.#reach(custodian.peer);
      const answer = connection === null ? null : await askForKey(connection, request, this.#traffic);
      if (answer === null) continue;
      if (!('code' in answer)) return ok(answer);
      refused = { kind: 'refused', ...answer };
    }
    return fail(refused ?? { kind: 'custodian-unreachable' });
  }

  async announce(held: readonly ShardId[]): Promise<void> {
    await this.#gossip.announce(held);
  }

  state(): Promise<NetworkState> {
    return Promise.resolve(this.#state());
  }

  watch(listener: (state: NetworkState) => void): Promise<() => void> {
    return Promise.resolve(this.#watchers.add(listener));
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stopWaking();
    this.#node.removeEventListener('connection:open', this.#onLinks);
    this.#node.removeEventListener('connection:close', this.#onLinks);
    this.#mesh.close();
    this.#relaySupervisor.close();
    this.#custodianSupervisor.close();
    this.#gossip.close();
    this.#watchers.close();
    for (const wake of this.#waiting) wake();
    await this.#node.stop();
  }

  get #self(): Peer {
    return this.#node.peerId.toString();
  }

  #supervise(peers: readonly FixedPeer[]): RelaySupervisor {
    return new RelaySupervisor({
      peers,
      want: Math.min(WANTED, peers.length),
      isConnected: (peer) => this.#direct(peer) !== null,
      dial: async ({ addresses }) => {
        await this.#dial(addresses);
      },
      onChange: () => {
        this.#changed();
      },
    });
  }

  /**
   * The order of trust in speed: peers that announced the content, those with a link first; other direct links; custodians with a link;
   * after a moment, custodians that still have to be dialled (a vanished one costs seconds); then whoever appears in time.
   */
  async #nextSource(content: Content, asked: ReadonlySet<Peer>, started: number, patience: number): Promise<Source | null> {
    for (;;) {
      const waited = Date.now() - started;
      const isNew = (peer: Peer): boolean => !asked.has(peer) && !this.#denied.has(peer);
      const custodians = this.#custodians.map(({ peer }) => peer).filter(isNew);
      const peer =
        this.#volunteersFor(content).find(isNew) ?? custodians.find((custodian) => waited >= MOMENT_MS || this.#direct(custodian) !== null);
      if (peer !== undefined) return this.#source(peer);
      const until = custodians.length > 0 ? MOMENT_MS : patience;
      if (waited >= until || this.#closed) return null;
      await this.#somethingNew(until - waited);
    }
  }

  #volunteersFor(content: Content): readonly Peer[] {
    const linked = this.#volunteers();
    const holders = content.kind === 'shard' ? this.#gossip.holders(content.id) : [];
    return [...holders.filter((peer) => linked.includes(peer)), ...holders, ...linked];
  }

  #source(peer: Peer): Source {
    return {
      peer,
      pull: async (assembly, onChunk) => {
        const connection = await this.#reach(peer);
        return connection === null ? 'cut' : pullBlob(connection, assembly, this.#traffic, onChunk);
      },
    };
  }

  async #deny(peer: Peer): Promise<void> {
    await this.#denied.add(peer);
    await this.#node.hangUp(peerIdFromString(peer)).catch(() => undefined);
  }

  /** The direct link to a peer, opened if there is none; null when it cannot be had. */
  async #reach(peer: Peer): Promise<Connection | null> {
    const direct = this.#direct(peer);
    if (direct !== null) return direct;
    const fixed = this.#custodians.find((custodian) => custodian.peer === peer);
    await this.#dial(fixed?.addresses ?? this.#addressesOf(peer)).catch(() => undefined);
    return this.#direct(peer);
  }

  async #dial(addresses: readonly string[]): Promise<void> {
    await this.#node.dial(
      addresses.map((address) => multiaddr(address)),
      { signal: AbortSignal.timeout(DIAL_DEADLINE_MS) },
    );
  }

  #direct(peer: Peer): Connection | null {
    return this.#node.getConnections(peerIdFromString(peer)).find((connection) => isDirect(connection) && connection.status === 'open') ?? null;
  }

  #volunteers(): readonly Peer[] {
    const peers = this.#node.getConnections().filter(isDirect);
    return [...new Set(peers.map(({ remotePeer }) => remotePeer.toString()))].filter((peer) => this.#roleOf(peer) === 'volunteer');
  }

  #roleOf(peer: Peer): Link['role'] {
    if (this.#relays.some((relay) => relay.peer === peer)) return 'relay';
    return this.#custodians.some((custodian) => custodian.peer === peer) ? 'custodian' : 'volunteer';
  }

  #state(): NetworkState {
    const links = new Map<Peer, Link>();
    for (const connection of this.#node.getConnections()) {
      const peer = connection.remotePeer.toString();
      const link = { peer, direct: isDirect(connection), role: this.#roleOf(peer), roundTrip: connection.rtt ?? null };
      if (links.get(peer)?.direct !== true) links.set(peer, link);
    }
    return {
      self: this.#self,
      relay: this.#relaySupervisor.state,
      links: [...links.values()],
      bytesIn: this.#traffic.bytesIn,
      bytesOut: this.#traffic.bytesOut,
    };
  }

  #changed(): void {
    for (const wake of this.#waiting) wake();
    this.#watchers.changed();
  }

  async #somethingNew(withinMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, withinMs);
      this.#waiting.add(wake);
    });
  }
}

function byPeer(addresses: readonly string[]): readonly FixedPeer[] {
  const grouped = new Map<Peer, string[]>();
  for (const address of addresses) {
    const peer = multiaddr(address)
      .getComponents()
      .findLast(({ name }) => name === 'p2p')?.value;
    if (peer === undefined) throw new RangeError(`no /p2p/<id> at the end of ${address}`);
    grouped.set(peer, [...(grouped.get(peer) ?? []), address]);
  }
  return [...grouped].map(([peer, all]) => ({ peer, addresses: all }));
}
