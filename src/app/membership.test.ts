import { describe, expect, it } from 'vitest';
import type { NetworkState, PeerNetwork } from '../network/peer-network.ts';
import { fail } from '../protocol/result.ts';
import { Membership } from './membership.ts';
import type { PeerTraffic } from './worksite.ts';

const stateOf = (bytesOut: number): NetworkState => ({
  self: 'me',
  relay: 'up',
  links: [
    { peer: 'relay', direct: true, role: 'relay', roundTrip: 1 },
    { peer: 'lark', direct: true, role: 'volunteer', roundTrip: 1 },
  ],
  bytesIn: 1,
  bytesOut,
});

function stagedNetwork() {
  let tell: (state: NetworkState) => void = () => undefined;
  const staged = { closed: false, moves: (bytesOut: number) => tell(stateOf(bytesOut)) };
  const network: PeerNetwork = {
    fetch: async () => fail({ kind: 'not-found', asked: [] }),
    requestKey: async () => fail({ kind: 'custodian-unreachable' }),
    announce: async () => undefined,
    state: async () => stateOf(0),
    watch: async (listener) => {
      tell = listener;
      return () => undefined;
    },
    close: async () => {
      staged.closed = true;
    },
  };
  return { network, staged };
}

describe('membership of the network', () => {
  it('joins once, when work begins, and again after leaving', async () => {
    let joins = 0;
    const membership = new Membership(async () => {
      joins++;
      return stagedNetwork().network;
    });
    expect(joins).toBe(0);
    await Promise.all([membership.network(), membership.network()]);
    expect(joins).toBe(1);
    membership.leave();
    await membership.network();
    expect(joins).toBe(2);
  });

  it('closes the network on leaving, also one that is still being joined', async () => {
    const { network, staged } = stagedNetwork();
    let arrive: (network: PeerNetwork) => void = () => undefined;
    const membership = new Membership(() => new Promise((resolve) => (arrive = resolve)));
    const joining = membership.network();
    membership.leave();
    arrive(network);
    await joining;
    await Promise.resolve();
    expect(staged.closed).toBe(true);
  });

  it('adds traffic up over memberships and counts peers without the relay', async () => {
    const first = stagedNetwork();
    const second = stagedNetwork();
    const networks = [first, second];
    const membership = new Membership(async () => networks.shift()!.network);
    const told: PeerTraffic[] = [];
    membership.watch((traffic) => told.push(traffic));
    await membership.network();
    first.staged.moves(500);
    expect(told.at(-1)).toEqual({ self: 'me', bytesIn: 1, bytesOut: 500, peers: 1 });
    membership.leave();
    expect(told.at(-1)).toEqual({ self: null, bytesIn: 1, bytesOut: 500, peers: 0 });
    await membership.network();
    first.staged.moves(900);
    second.staged.moves(20);
    expect(told.at(-1)).toEqual({ self: 'me', bytesIn: 2, bytesOut: 520, peers: 1 });
  });

  it('tries again after a failed attempt', async () => {
    let attempts = 0;
    const membership = new Membership(async () => {
      if (attempts++ === 0) throw new Error('no route');
      return stagedNetwork().network;
    });
    await expect(membership.network()).rejects.toThrow('no route');
    await expect(membership.network()).resolves.toBeDefined();
  });
});
