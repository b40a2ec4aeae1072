/** The relay: a Node process through which tabs find each other. It forwards handshakes and announcements, never bulk data. Runs alone: `npm run relay`. */
import '../src/network/libp2p/with-resolvers.ts';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { circuitRelayServer } from '@libp2p/circuit-relay-v2';
import { identify } from '@libp2p/identify';
import { noise } from '@libp2p/noise';
import { webSockets } from '@libp2p/websockets';
import { yamux } from '@libp2p/yamux';
import { createLibp2p } from 'libp2p';
import { startFaults } from '../messages/en/terminal.ts';
import { DenyList } from '../src/network/deny-list.ts';
import { gossipService } from '../src/network/libp2p/gossip-service.ts';
import { HaveJudge, guardTopic } from '../src/network/libp2p/have-gossip.ts';
import { loadHostIdentity } from '../src/network/libp2p/host-identity.ts';
import { haveTopic } from '../src/network/wire.ts';

export interface RelayOptions {
  readonly host: string;
  /** TCP port; 0 takes a free one. */
  readonly port: number;
  /** Where the key is kept, so that the address survives a restart. */
  readonly identityFile: string;
  /** Chains whose announcements are forwarded. */
  readonly chainIds: readonly number[];
  /** Addresses to be known by, where TLS is terminated in front; the listening address otherwise. */
  readonly announce?: readonly string[];
}

export interface Relay {
  /** Multiaddrs that end in `/p2p/<id>`: what a deployment file lists. */
  readonly addresses: readonly string[];
  /** Tabs with a reservation now. */
  reservations(): number;
  stop(): Promise<void>;
}

/** Tabs that may wait for calls at once; each costs about a kilobyte and an open socket. */
const MAX_RESERVATIONS = 4096;
const MAX_CONNECTIONS = 8192;
/** A tab renews before this ends. */
const RESERVATION_MS = 2 * 60 * 60 * 1000;
/** A circuit carries a WebRTC handshake of some 10 KiB and identify: two minutes and 1 MiB leave room for ICE retries and none for bulk. */
const CIRCUIT_MS = 2 * 60 * 1000;
const CIRCUIT_BYTES = 1n << 20n;

export async function startRelay({ host, port, identityFile, chainIds, announce = [] }: RelayOptions): Promise<Relay> {
  const { privateKey } = await loadHostIdentity(identityFile);
  const topics = chainIds.map(haveTopic);
  const denied = DenyList.inMemory();
  const isDenied = (peer: string): boolean => denied.has(peer);
  const node = await createLibp2p({
    privateKey,
    addresses: { listen: [`/${host.includes(':') ? 'ip6' : 'ip4'}/${host}/tcp/${String(port)}/ws`], announce: announce.map(addressOf) },
    transports: [webSockets()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    connectionGater: {
      // It answers and never calls: no address that a stranger announces is ever dialled.
      denyDialMultiaddr: () => true,
      denyInboundEncryptedConnection: (peer) => isDenied(peer.toString()),
    },
    connectionManager: {
      maxConnections: MAX_CONNECTIONS,
      // Behind a TLS proxy every tab comes from one address, and after a restart all come at once.
      inboundConnectionThreshold: 500,
      maxIncomingPendingConnections: 500,
    },
    services: {
      identify: identify(),
      gossip: gossipService(topics, isDenied),
      relay: circuitRelayServer({
        hopTimeout: 30_000,
        maxInboundHopStreams: 64,
        maxOutboundStopStreams: 1024,
        reservations: {
          maxReservations: MAX_RESERVATIONS,
          reservationTtl: RESERVATION_MS,
          defaultDurationLimit: CIRCUIT_MS,
          defaultDataLimit: CIRCUIT_BYTES,
        },
      }),
    },
  });
  const judge = new HaveJudge(denied);
  for (const topic of topics) guardTopic(node.services.gossip, topic, judge);
  return {
    addresses: node.getMultiaddrs().map(String),
    reservations: () => node.services.relay.reservations.size,
    stop: async () => {
      await node.stop();
    },
  };
}

/**
 * A `wss://` or `ws://` URL as a multiaddr; a multiaddr as it is.
 * @example
 * addressOf('wss://relay.example.org') // '/dns4/relay.example.org/tcp/443/tls/ws'
 */
export function addressOf(place: string): string {
  if (place.startsWith('/')) return place;
  const { protocol, hostname, port } = new URL(place);
  const secure = protocol === 'wss:';
  if (!secure && protocol !== 'ws:') throw new RangeError(startFaults.notARelayAddress(place));
  const name = /^[\d.]+$/.test(hostname) ? 'ip4' : 'dns4';
  return `/${name}/${hostname}/tcp/${port === '' ? (secure ? '443' : '80') : port}${secure ? '/tls' : ''}/ws`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      host: { type: 'string', default: '127.0.0.1' },
      port: { type: 'string', default: '9090' },
      chain: { type: 'string', multiple: true, default: ['31337'] },
      announce: { type: 'string', multiple: true, default: [] },
      key: { type: 'string', default: `${process.env.PROOFTAB_HOME ?? '.prooftab'}/relay.json` },
    },
  });
  const relay = await startRelay({
    host: values.host,
    port: Number(values.port),
    identityFile: values.key,
    chainIds: values.chain.map(Number),
    announce: values.announce,
  });
  console.log(JSON.stringify({ ready: 'relay', addresses: relay.addresses }));
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    void relay.stop().finally(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  // Started as a part of something: it does not outlive it.
  process.on('disconnect', stop);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
