import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { shardId } from '../../protocol/shard-tree.ts';
import { sha256 } from '../../protocol/sha256.ts';
import { DenyList } from '../deny-list.ts';
import { sampleBytes, serving, summary } from '../peer-network-suite.ts';
import type { PeerNetwork, Served } from '../peer-network.ts';
import { haveTopic } from '../wire.ts';
import { loadHostIdentity } from './host-identity.ts';
import { joinLibp2pNetwork } from './libp2p-network.ts';
import { createNodeHost } from './node-host.ts';

const CHAIN = 31337;
const bytes = sampleBytes(1_048_576, 1);
const shard = { kind: 'shard', id: shardId(bytes) } as const;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prooftab-host-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function host(
  name: string,
  served: Served,
  custodians: readonly string[] = [],
): Promise<{ network: PeerNetwork; addresses: readonly string[] }> {
  const denied = DenyList.inMemory();
  const isDenied = (peer: string): boolean => denied.has(peer);
  const identity = await loadHostIdentity(join(folder, `${name}.json`));
  const node = await createNodeHost({ identity, port: 0, dials: custodians, topics: [haveTopic(CHAIN)], isDenied });
  const network = await joinLibp2pNetwork({ node, chainId: CHAIN, relays: [], custodians, served, denied, presence: false, patience: 0 });
  return { network, addresses: node.getMultiaddrs().map(String) };
}

it('serves a sealed shard over WebRTC-direct, under the same peer id and certificate after a restart', async () => {
  const first = await host('custodian', serving([shard, bytes]));
  const address = first.addresses[0] ?? '';
  expect(address).toMatch(/^\/ip4\/127\.0\.0\.1\/udp\/\d+\/webrtc-direct\/certhash\/u[^/]+\/p2p\/12D3/);
  await first.network.close();
  // On another port: within one process the native listener does not always let go of its port in time.
  const again = await host('custodian', serving([shard, bytes]));
  const withoutPort = (addresses: readonly string[]): string[] => addresses.map((text) => text.replace(/\/udp\/\d+/, ''));
  expect(withoutPort(again.addresses)).toEqual(withoutPort([address]));
  const reader = await host('reader', {}, again.addresses);
  expect(summary(await reader.network.fetch(shard, bytes.length))).toEqual({
    from: (await again.network.state()).self,
    direct: true,
    hash: sha256(bytes),
  });
  await reader.network.close();
  await again.network.close();
});
