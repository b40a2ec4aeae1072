import { generateKeyPair } from '@libp2p/crypto/keys';
import type { MultiaddrConnection } from '@libp2p/interface';
import { peerIdFromPrivateKey } from '@libp2p/peer-id';
import { multiaddr } from '@multiformats/multiaddr';
import { describe, expect, it } from 'vitest';
import { dialGate } from './dial-gate.ts';

const id = peerIdFromPrivateKey(await generateKeyPair('Ed25519'));
const other = peerIdFromPrivateKey(await generateKeyPair('Ed25519'));
const relay = `/dns4/relay.example.org/tcp/443/tls/ws/p2p/${id.toString()}`;
/** The gate looks at the peer alone. */
const link = {} as MultiaddrConnection;
const gate = dialGate([relay], (peer) => peer === other.toString());

describe('the dial gate', () => {
  it.each([
    ['the relay', relay],
    ['the relay without its peer', '/dns4/relay.example.org/tcp/443/tls/ws'],
    ['a circuit through it', `${relay}/p2p-circuit`],
    ['a tab behind it', `${relay}/p2p-circuit/webrtc/p2p/${other.toString()}`],
  ])('lets us dial %s', async (_, address) => {
    expect(await gate.denyDialMultiaddr?.(multiaddr(address))).toBe(false);
  });

  it.each([
    ['a router in the home network', '/ip4/192.168.0.1/tcp/80/ws'],
    ['a port of this machine', '/ip4/127.0.0.1/tcp/8545/ws'],
    ['a stranger on the internet', '/dns4/evil.example.org/tcp/443/tls/ws'],
    ['a circuit through an unknown relay', `/dns4/evil.example.org/tcp/443/tls/ws/p2p/${other.toString()}/p2p-circuit/webrtc/p2p/${id.toString()}`],
    ['another port of the relay', '/dns4/relay.example.org/tcp/8080/ws'],
  ])('does not let a peer make us dial %s', async (_, address) => {
    expect(await gate.denyDialMultiaddr?.(multiaddr(address))).toBe(true);
  });

  it('neither dials denied peers nor lets them in', async () => {
    expect(await gate.denyDialPeer?.(other)).toBe(true);
    expect(await gate.denyDialPeer?.(id)).toBe(false);
    expect(await gate.denyInboundEncryptedConnection?.(other, link)).toBe(true);
    expect(await gate.denyInboundEncryptedConnection?.(id, link)).toBe(false);
  });
});
