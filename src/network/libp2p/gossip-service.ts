/** Gossip as every node of the network runs it: signed, small, on named topics only, and scored so that senders of bad messages fade out. */
import './with-resolvers.ts';
import { gossipsub, StrictSign } from '@libp2p/gossipsub';
import type { GossipSub } from '@libp2p/gossipsub';
import type { Identify } from '@libp2p/identify';
import type { Libp2p } from '@libp2p/interface';
import type { Peer } from '../peer-network.ts';

/** The services that a node of this network has; tabs, custodians and relays alike. */
export interface MeshServices extends Record<string, unknown> {
  readonly identify: Identify;
  readonly gossip: GossipSub;
}
export type MeshNode = Libp2p<MeshServices>;

/** Bytes of one whole gossip message on the wire: announcements are at most 4 KiB, several travel together. */
const MAX_INBOUND = 65_536;
/** A denied peer's score: below every threshold, so nothing of it is taken or forwarded. */
const DENIED_SCORE = -10_000;

export function gossipService(topics: readonly string[], isDenied: (peer: Peer) => boolean = () => false): ReturnType<typeof gossipsub> {
  return gossipsub({
    globalSignaturePolicy: StrictSign,
    allowedTopics: [...topics],
    maxInboundDataLength: MAX_INBOUND,
    // Peer exchange would let a stranger choose whom we dial.
    doPX: false,
    // A tab that is alone still announces: the first peer to come asks again.
    allowPublishToZeroTopicPeers: true,
    scoreParams: {
      // Many honest tabs share one address behind a home router or a relay.
      IPColocationFactorWeight: 0,
      appSpecificScore: (peer) => (isDenied(peer) ? DENIED_SCORE : 0),
      appSpecificWeight: 1,
      topics: Object.fromEntries(topics.map((topic) => [topic, TOPIC_SCORE])),
    },
  });
}

/** Counts only invalid messages: delivery quotas (P3) would punish the members of a small, quiet network. */
const TOPIC_SCORE = {
  topicWeight: 1,
  timeInMeshWeight: 0,
  timeInMeshQuantum: 1,
  timeInMeshCap: 1,
  firstMessageDeliveriesWeight: 0,
  firstMessageDeliveriesDecay: 0.5,
  firstMessageDeliveriesCap: 1,
  meshMessageDeliveriesWeight: 0,
  meshMessageDeliveriesDecay: 0.5,
  meshMessageDeliveriesCap: 1,
  meshMessageDeliveriesThreshold: 1,
  meshMessageDeliveriesWindow: 1,
  meshMessageDeliveriesActivation: 1000,
  meshFailurePenaltyWeight: 0,
  meshFailurePenaltyDecay: 0.5,
  invalidMessageDeliveriesWeight: -10,
  invalidMessageDeliveriesDecay: 0.9,
};
