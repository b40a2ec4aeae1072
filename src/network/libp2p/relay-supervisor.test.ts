import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RelaySupervisor } from './relay-supervisor.ts';

describe('relay supervisor', () => {
  let connected: Set<string>;
  let reachable: Set<string>;
  let dialled: string[];
  let supervisor: RelaySupervisor;

  const start = (peers: readonly string[], want: number): void => {
    supervisor = new RelaySupervisor({
      peers: peers.map((peer) => ({ peer, addresses: [`/dns4/${peer}`] })),
      want,
      random: () => 0.5,
      isConnected: (peer) => connected.has(peer),
      onChange: () => undefined,
      dial: async ({ peer }) => {
        dialled.push(peer);
        await Promise.resolve();
        if (!reachable.has(peer)) throw new Error('refused');
        connected.add(peer);
      },
    });
    supervisor.tick();
  };
  const after = async (ms: number): Promise<void> => {
    await vi.advanceTimersByTimeAsync(ms);
  };

  beforeEach(() => {
    vi.useFakeTimers();
    connected = new Set();
    reachable = new Set();
    dialled = [];
  });
  afterEach(() => {
    supervisor.close();
    vi.useRealTimers();
  });

  it('connects at once, and again after the relay dropped', async () => {
    reachable.add('r');
    start(['r'], 1);
    expect(supervisor.state).toBe('connecting');
    await after(0);
    expect(supervisor.state).toBe('up');
    connected.clear();
    supervisor.tick();
    await after(0);
    expect(supervisor.state).toBe('up');
    expect(dialled).toEqual(['r', 'r']);
  });

  it('redials a relay that stays away ever more rarely, at least once a minute or so, for ever', async () => {
    start(['r'], 1);
    await after(0);
    expect(supervisor.state).toBe('down');
    await after(10_000);
    const inTenSeconds = dialled.length;
    expect(inTenSeconds).toBeGreaterThanOrEqual(3);
    expect(inTenSeconds).toBeLessThanOrEqual(5);
    await after(3_600_000);
    const inAnHour = dialled.length - inTenSeconds;
    expect(inAnHour).toBeGreaterThanOrEqual(55);
    expect(inAnHour).toBeLessThanOrEqual(65);
    reachable.add('r');
    await after(61_000);
    expect(supervisor.state).toBe('up');
  });

  it('tries at once when the device wakes, whatever failed before', async () => {
    start(['r'], 1);
    await after(600_000);
    reachable.add('r');
    supervisor.kick();
    await after(0);
    expect(supervisor.state).toBe('up');
  });

  it('keeps as many as wanted, and takes another when one is gone', async () => {
    for (const peer of ['a', 'b', 'c']) reachable.add(peer);
    start(['a', 'b', 'c'], 2);
    await after(5000);
    expect([...connected]).toEqual(['a', 'b']);
    reachable.delete('a');
    connected.delete('a');
    await after(5000);
    expect([...connected].sort()).toEqual(['b', 'c']);
  });
});
