/** Libp2p peers in one process, linked by the memory transport: for tests of everything above the browser's own transports. */
import './with-resolvers.ts';
import { memory } from '@libp2p/memory';
import { noise } from '@libp2p/noise';
import { identify } from '@libp2p/identify';
import { yamux } from '@libp2p/yamux';
import { createLibp2p } from 'libp2p';
import { DenyList } from '../deny-list.ts';
import type { PeerNetwork, Served } from '../peer-network.ts';
import type { Neighbourhood } from '../peer-network-suite.ts';
import { haveTopic } from '../wire.ts';
import { gossipService } from './gossip-service.ts';
import type { MeshNode } from './gossip-service.ts';
import { HaveJudge, guardTopic } from './have-gossip.ts';
import { joinLibp2pNetwork } from './libp2p-network.ts';

const CHAIN = 31337;
const TOPIC = haveTopic(CHAIN);
let addresses = 0;

export async function createMemoryNode(denied: DenyList = DenyList.inMemory()): Promise<MeshNode> {
  addresses++;
  return createLibp2p({
    addresses: { listen: [`/memory/neighbour-${String(addresses)}`] },
    transports: [memory()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    connectionManager: { inboundConnectionThreshold: 1000, maxIncomingPendingConnections: 1000 },
    services: { identify: identify(), gossip: gossipService([TOPIC], (peer) => denied.has(peer)) },
  });
}

/** One relay that only forwards announcements, as the real one does, and whoever joins. */
export async function openMemoryNeighbourhood(): Promise<Neighbourhood & { readonly nodes: readonly MeshNode[] }> {
  const relay = await createMemoryNode();
  guardTopic(relay.services.gossip, TOPIC, new HaveJudge(DenyList.inMemory()));
  const nodes: MeshNode[] = [];
  const custodians: string[] = [];
  const join = async (role: 'volunteer' | 'custodian', served: Served): Promise<PeerNetwork> => {
    const denied = DenyList.inMemory();
    const node = await createMemoryNode(denied);
    const network = await joinLibp2pNetwork({
      node,
      chainId: CHAIN,
      relays: addressesOf(relay),
      custodians: role === 'custodian' ? [] : [...custodians],
      served,
      denied,
      presence: role === 'volunteer',
      addressesOf: (peer) => nodes.filter(({ peerId }) => peerId.toString() === peer).flatMap(addressesOf),
      patience: 2500,
    });
    nodes.push(node);
    if (role === 'custodian') custodians.push(...addressesOf(node));
    return network;
  };
  const close = async (): Promise<void> => {
    await Promise.all([relay, ...nodes].map(async (node) => node.stop()));
  };
  return { join, close, nodes };
}

function addressesOf(node: MeshNode): string[] {
  return node.getMultiaddrs().map(String);
}
