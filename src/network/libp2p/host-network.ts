/** Joins the network as a Node process that tabs know by address: a custodian. */
import { DenyList } from '../deny-list.ts';
import type { PeerNetwork, Served } from '../peer-network.ts';
import { haveTopic } from '../wire.ts';
import { loadHostIdentity } from './host-identity.ts';
import { joinLibp2pNetwork } from './libp2p-network.ts';
import { createNodeHost } from './node-host.ts';

export interface HostNetworkOptions {
  readonly chainId: number;
  /** Where key and certificate are kept, so that the address survives a restart. */
  readonly identityFile: string;
  /** UDP port; 0 takes a free one, another after each start. */
  readonly port: number;
  /** Interface to listen on; loopback by default. */
  readonly host?: string;
  /** Addresses to be known by instead, where the host sits behind a router. */
  readonly announce?: readonly string[];
  readonly served: Served;
  /** Relays to hear announcements from; a host may do without. */
  readonly relays?: readonly string[];
  /** Other custodians to fetch from. */
  readonly custodians?: readonly string[];
}

export interface HostNetwork {
  readonly network: PeerNetwork;
  /** Multiaddrs that end in `/p2p/<id>`: what a deployment file lists under `custodians`. */
  readonly addresses: readonly string[];
}

export async function hostPeer({ chainId, identityFile, port, host, announce, served, relays = [], custodians = [] }: HostNetworkOptions): Promise<HostNetwork> {
  const denied = DenyList.inMemory();
  const node = await createNodeHost({
    identity: await loadHostIdentity(identityFile),
    port,
    ...(host === undefined ? {} : { host }),
    ...(announce === undefined ? {} : { announce }),
    dials: [...relays, ...custodians],
    topics: [haveTopic(chainId)],
    isDenied: (peer) => denied.has(peer),
  });
  const network = await joinLibp2pNetwork({ node, chainId, relays, custodians, served, denied, presence: false });
  return { network, addresses: node.getMultiaddrs().map(String) };
}
