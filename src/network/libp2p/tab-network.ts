/** Joins the network as a browser tab: what `compose.ts` calls on the page's main thread, since workers have no `RTCPeerConnection`. */
import type { Deployment } from '../../protocol/deployment.ts';
import type { RecordStore } from '../../storage/record-store.ts';
import { DenyList } from '../deny-list.ts';
import type { PeerNetwork, Served } from '../peer-network.ts';
import { haveTopic } from '../wire.ts';
import { joinLibp2pNetwork } from './libp2p-network.ts';
import { createTabNode } from './tab-node.ts';

export interface TabNetworkOptions {
  readonly deployment: Pick<Deployment, 'chainId' | 'relays' | 'custodians' | 'iceServers'>;
  /** What this tab offers to others: usually sealed shards from its store. */
  readonly served: Served;
  /** Where the deny list is kept. */
  readonly records: Pick<RecordStore, 'get' | 'put'>;
}

/** Resolves as soon as the node runs; relays and peers appear in its state as they are reached. */
export async function joinAsTab({ deployment, served, records }: TabNetworkOptions): Promise<PeerNetwork> {
  const { chainId, relays, custodians, iceServers } = deployment;
  const denied = await DenyList.load(records);
  const node = await createTabNode({ relays, custodians, iceServers, topics: [haveTopic(chainId)], isDenied: (peer) => denied.has(peer) });
  return joinLibp2pNetwork({ node, chainId, relays, custodians, served, denied, presence: true });
}
