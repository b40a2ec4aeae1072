/** The libp2p node of a Node process that tabs dial directly (a custodian): WebRTC-direct on a UDP port, no browser and no relay needed. */
import './node-web-socket.ts';
import './with-resolvers.ts';
import { noise } from '@libp2p/noise';
import { yamux } from '@libp2p/yamux';
import { identify } from '@libp2p/identify';
import { webRTCDirect } from '@libp2p/webrtc';
import { webSockets } from '@libp2p/websockets';
import { createLibp2p } from 'libp2p';
import type { Peer } from '../peer-network.ts';
import { dialGate } from './dial-gate.ts';
import { gossipService } from './gossip-service.ts';
import type { MeshNode } from './gossip-service.ts';
import type { HostIdentity } from './host-identity.ts';

export interface NodeHostOptions {
  readonly identity: HostIdentity;
  /** UDP port; 0 takes a free one. */
  readonly port: number;
  /** Interface to listen on: loopback unless a deployment says otherwise. */
  readonly host?: string;
  /** Addresses that others should dial instead, where the host sits behind a router. */
  readonly announce?: readonly string[];
  /** Relays and custodians that this host itself dials; it may know none. */
  readonly dials: readonly string[];
  readonly topics: readonly string[];
  readonly isDenied: (peer: Peer) => boolean;
}

export async function createNodeHost({
  identity,
  port,
  host = '127.0.0.1',
  announce = [],
  dials,
  topics,
  isDenied,
}: NodeHostOptions): Promise<MeshNode> {
  return createLibp2p({
    privateKey: identity.privateKey,
    addresses: { listen: [`/${host.includes(':') ? 'ip6' : 'ip4'}/${host}/udp/${String(port)}/webrtc-direct`], announce: [...announce] },
    transports: [webRTCDirect({ certificate: identity.certificate, rtcConfiguration: { iceServers: [] } }), webSockets()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    connectionGater: dialGate(dials, isDenied),
    connectionManager: { maxConnections: 300, inboundConnectionThreshold: 50, maxIncomingPendingConnections: 50 },
    // Each ping also measures the round trip that the page shows.
    connectionMonitor: { pingInterval: 5000 },
    services: { identify: identify(), gossip: gossipService(topics, isDenied) },
  });
}
