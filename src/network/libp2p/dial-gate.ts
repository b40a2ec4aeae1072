/** Decides which addresses may be dialled: those the deployment names, and other peers through its relays. Nothing that strangers announce. */
import type { ConnectionGater } from '@libp2p/interface';
import type { Peer } from '../peer-network.ts';

/**
 * A tab must not become a stranger's port scanner: a peer may announce any address, a router's included, so only addresses from the
 * deployment file are dialled, and `<relay>/p2p-circuit…` behind them. Denied peers are neither dialled nor let in.
 */
export function dialGate(known: readonly string[], isDenied: (peer: Peer) => boolean): ConnectionGater {
  const places = new Set(known.map(placeOf));
  return {
    denyDialMultiaddr: (address) => !isAllowed(address.toString(), places),
    denyDialPeer: (peer) => isDenied(peer.toString()),
    denyInboundEncryptedConnection: (peer) => isDenied(peer.toString()),
  };
}

function isAllowed(address: string, places: ReadonlySet<string>): boolean {
  const [relay = '', beyond] = address.split('/p2p-circuit');
  if (!places.has(placeOf(relay))) return false;
  return beyond === undefined || /^(?:\/webrtc)?(?:\/p2p\/[^/]+)?$/.test(beyond);
}

/** An address without the peer it belongs to, so that one with and one without `/p2p/…` are the same place. */
function placeOf(address: string): string {
  return address.replace(/\/p2p\/[^/]+$/, '');
}
