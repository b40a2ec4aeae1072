import '../src/network/libp2p/node-web-socket.ts';
import '../src/network/libp2p/with-resolvers.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { circuitRelayTransport } from '@libp2p/circuit-relay-v2';
import { identify } from '@libp2p/identify';
import type { Connection } from '@libp2p/interface';
import { noise } from '@libp2p/noise';
import { webSockets } from '@libp2p/websockets';
import { yamux } from '@libp2p/yamux';
import { multiaddr } from '@multiformats/multiaddr';
import { createLibp2p } from 'libp2p';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Assembly } from '../src/network/assembly.ts';
import { gossipService } from '../src/network/libp2p/gossip-service.ts';
import type { MeshNode } from '../src/network/libp2p/gossip-service.ts';
import { pullBlob, serveBlobs } from '../src/network/libp2p/blob-protocol.ts';
import { sampleBytes, serving } from '../src/network/peer-network-suite.ts';
import { Traffic } from '../src/network/traffic.ts';
import { BLOB_PROTOCOL, encodeHave, haveTopic } from '../src/network/wire.ts';
import { sha256 } from '../src/protocol/sha256.ts';
import type { BlobId } from '../src/protocol/ids.ts';
import { addressOf, startRelay } from './relay.ts';
import type { Relay } from './relay.ts';

const CHAIN = 31337;
const TOPIC = haveTopic(CHAIN);
const bytes = sampleBytes(1000, 1);
const blob = { kind: 'blob', id: sha256(bytes) as BlobId } as const;
const traffic = new Traffic(() => undefined);

/** A peer without WebRTC: all it can do is be reached through the relay. */
async function createPeer(): Promise<MeshNode> {
  return createLibp2p({
    addresses: { listen: ['/p2p-circuit'] },
    transports: [webSockets(), circuitRelayTransport()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    services: { identify: identify(), gossip: gossipService([TOPIC]) },
  });
}

describe('relay', () => {
  let folder: string;
  let relay: Relay;
  let peers: MeshNode[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'prooftab-relay-'));
    relay = await startRelay({ host: '127.0.0.1', port: 0, identityFile: join(folder, 'relay.json'), chainIds: [CHAIN] });
    peers = await Promise.all([createPeer(), createPeer()]);
    for (const peer of peers) await peer.dial(multiaddr(relay.addresses[0]));
  });
  afterEach(async () => {
    await Promise.all(peers.map(async (peer) => peer.stop()));
    await relay.stop();
    await rm(folder, { recursive: true });
  });

  async function circuit(): Promise<{ from: MeshNode; to: MeshNode; link: Connection }> {
    const [from, to] = peers as [MeshNode, MeshNode];
    await expect.poll(() => relay.reservations()).toBe(2);
    const link = await from.dial(multiaddr(`${relay.addresses[0] ?? ''}/p2p-circuit/p2p/${to.peerId.toString()}`));
    return { from, to, link };
  }

  it('connects two tabs by a limited circuit, over which no bulk moves from either side', async () => {
    const { to, link } = await circuit();
    // Limits are there, and leave room for a handshake: libp2p's own default is an eighth of this.
    expect(link.limits?.bytes).toBeGreaterThan(1_000_000n);
    await serveBlobs(to, serving([blob, bytes]).blob ?? (() => Promise.resolve(null)), traffic);
    expect(await pullBlob(link, new Assembly(blob, 1000), traffic, () => undefined)).toBe('refused');
    // A caller that insists meets a server that does not serve.
    const insisting = async (): Promise<unknown> => {
      const stream = await link.newStream(BLOB_PROTOCOL, { runOnLimitedConnection: true, signal: AbortSignal.timeout(5000) });
      return pullBlob(
        { limits: undefined, newStream: () => Promise.resolve(stream) } as object as Connection,
        new Assembly(blob, 1000),
        traffic,
        () => undefined,
      );
    };
    expect(await insisting().catch(() => 'cut')).toBe('cut');
  });

  it('passes announcements on, and nothing malformed', async () => {
    const [from, to] = peers as [MeshNode, MeshNode];
    const heard: Uint8Array[] = [];
    to.services.gossip.addEventListener('message', (event) => heard.push(event.detail.data));
    for (const peer of peers) peer.services.gossip.subscribe(TOPIC);
    await expect.poll(() => from.services.gossip.getSubscribers(TOPIC).length).toBeGreaterThan(0);
    await expect.poll(() => to.services.gossip.getSubscribers(TOPIC).length).toBeGreaterThan(0);
    const time = Math.floor(Date.now() / 1000);
    const have = encodeHave({ ids: [], until: time + 90, time });
    await expect
      .poll(
        async () => {
          await from.services.gossip.publish(TOPIC, new Uint8Array([1, 2, 3]));
          await from.services.gossip.publish(TOPIC, have);
          return heard.length;
        },
        { interval: 1000, timeout: 5000 },
      )
      .toBeGreaterThan(0);
    expect(heard.every((data) => data.length === have.length)).toBe(true);
  });

  it('has the same address after a restart', async () => {
    const [address = ''] = relay.addresses;
    const port = Number(/\/tcp\/(\d+)\//.exec(address)?.[1]);
    await relay.stop();
    relay = await startRelay({ host: '127.0.0.1', port, identityFile: join(folder, 'relay.json'), chainIds: [CHAIN] });
    expect(relay.addresses).toEqual([address]);
  });

  it('is known by the address that TLS is terminated at', async () => {
    const announced = await startRelay({
      host: '127.0.0.1',
      port: 0,
      identityFile: join(folder, 'other.json'),
      chainIds: [CHAIN],
      announce: ['wss://relay.example.org'],
    });
    expect(announced.addresses).toEqual([expect.stringMatching(/^\/dns4\/relay\.example\.org\/tcp\/443\/tls\/ws\/p2p\/12D3/)]);
    await announced.stop();
    expect(addressOf('ws://127.0.0.1:9090')).toBe('/ip4/127.0.0.1/tcp/9090/ws');
    expect(() => addressOf('https://relay.example.org')).toThrow(/wss/);
  });
});
