/** The libp2p node of a browser tab: it reaches relays by WebSocket, custodians by WebRTC-direct, and other tabs by WebRTC through a relay. */
import './with-resolvers.ts';
import { noise } from '@libp2p/noise';
import { yamux } from '@libp2p/yamux';
import { circuitRelayTransport } from '@libp2p/circuit-relay-v2';
import { identify } from '@libp2p/identify';
import { webRTC, webRTCDirect } from '@libp2p/webrtc';
import { webSockets } from '@libp2p/websockets';
import { createLibp2p } from 'libp2p';
import type { Peer } from '../peer-network.ts';
import { dialGate } from './dial-gate.ts';
import { gossipService } from './gossip-service.ts';
import type { MeshNode } from './gossip-service.ts';

export interface TabNodeOptions {
  readonly relays: readonly string[];
  readonly custodians: readonly string[];
  /** Ours, or none: libp2p's default list is third-party STUN servers, who would learn of every volunteer. */
  readonly iceServers: readonly { readonly urls: string }[];
  readonly topics: readonly string[];
  readonly isDenied: (peer: Peer) => boolean;
}

/** The node has a fresh identity: nothing links a volunteer's visits, and two tabs of one browser are two peers. */
export async function createTabNode({ relays, custodians, iceServers, topics, isDenied }: TabNodeOptions): Promise<MeshNode> {
  const rtcConfiguration = { iceServers: iceServers.map(({ urls }) => ({ urls })) };
  return createLibp2p({
    // Plain '/p2p-circuit': a relay named here is never asked again after it drops; this way every connected relay is asked.
    addresses: { listen: ['/webrtc', '/p2p-circuit'] },
    transports: [webSockets(), webRTC({ rtcConfiguration }), webRTCDirect({ rtcConfiguration: { iceServers: [] } }), circuitRelayTransport()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    connectionGater: dialGate([...relays, ...custodians], isDenied),
    connectionManager: { maxConnections: 48, maxParallelDials: 8, inboundConnectionThreshold: 20, maxIncomingPendingConnections: 20 },
    // Each ping also measures the round trip that the page shows.
    connectionMonitor: { pingInterval: 5000 },
    services: { identify: identify(), gossip: gossipService(topics, isDenied) },
  });
}
