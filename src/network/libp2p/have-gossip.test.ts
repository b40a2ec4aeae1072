import { TopicValidatorResult, type GossipSub } from '@libp2p/gossipsub';
import { afterEach, describe, expect, it } from 'vitest';
import { encodeCbor } from '../../protocol/cbor.ts';
import type { ShardId } from '../../protocol/ids.ts';
import { DenyList } from '../deny-list.ts';
import { Traffic } from '../traffic.ts';
import { encodeHave, haveTopic } from '../wire.ts';
import type { MeshNode } from './gossip-service.ts';
import { HaveGossip, HaveJudge, guardTopic } from './have-gossip.ts';
import { createMemoryNode } from './libp2p-suite.ts';

const NOW = 1_800_000_000;
const id = `0x${'ab'.repeat(32)}` as ShardId;
const have = (time = NOW, until = time + 90): Uint8Array => encodeHave({ ids: [id], until, time });
const garbage = encodeCbor({ t: 'prooftab/have/1', ids: 7 });

describe('judging announcements', () => {
  let now = NOW * 1000;
  const fresh = (denied = DenyList.inMemory()): HaveJudge => {
    now = NOW * 1000;
    return new HaveJudge(denied, () => now);
  };

  it('accepts a fresh one', () => {
    expect(fresh().judge('a', have())).toEqual({ verdict: 'accept', have: { ids: [id], until: NOW + 90, time: NOW } });
  });

  it.each([
    ['two minutes old', NOW - 121],
    ['from the future', NOW + 121],
  ])('ignores one that is %s: whoever passed it on may be slow and honest', (_, time) => {
    expect(fresh().judge('a', have(time, NOW + 300))).toEqual({ verdict: 'ignore' });
  });

  it('ignores one that has expired', () => {
    expect(fresh().judge('a', have(NOW - 100, NOW - 1))).toEqual({ verdict: 'ignore' });
  });

  it('rejects a malformed one, one over 4 KiB, and one that is not canonical', () => {
    expect(fresh().judge('a', garbage)).toEqual({ verdict: 'reject' });
    expect(fresh().judge('a', new Uint8Array(4097))).toEqual({ verdict: 'reject' });
    expect(fresh().judge('a', Uint8Array.from([...have(), 0]))).toEqual({ verdict: 'reject' });
  });

  it('ignores the eleventh of an author within a minute, and hears it again after', () => {
    const judge = fresh();
    for (let i = 0; i < 10; i++) expect(judge.judge('flood', have()).verdict).toBe('accept');
    expect(judge.judge('flood', have())).toEqual({ verdict: 'ignore' });
    expect(judge.judge('quiet', have()).verdict).toBe('accept');
    now += 60_000;
    expect(judge.judge('flood', have()).verdict).toBe('accept');
  });

  it('denies for good whoever signs three malformed messages', () => {
    const denied = DenyList.inMemory();
    const judge = fresh(denied);
    for (let i = 0; i < 2; i++) judge.judge('liar', garbage);
    expect(denied.has('liar')).toBe(false);
    judge.judge('liar', garbage);
    expect(denied.has('liar')).toBe(true);
    expect(judge.judge('liar', have())).toEqual({ verdict: 'ignore' });
  });
});

it('lets no unsigned message through: nobody would answer for it', () => {
  type Validator = (forwarder: unknown, message: unknown) => unknown;
  const topicValidators = new Map<string, Validator>();
  const gossip = { topicValidators, subscribe: () => undefined };
  const heard: unknown[] = [];
  guardTopic(gossip as object as GossipSub, 'topic', new HaveJudge(DenyList.inMemory(), () => NOW * 1000), (author) => heard.push(author));
  expect(topicValidators.get('topic')?.({}, { type: 'unsigned', topic: 'topic', data: have() })).toBe(TopicValidatorResult.Reject);
  expect(heard).toEqual([]);
});

describe('gossip between peers', () => {
  const topic = haveTopic(31337);
  const closing: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  async function peer(presence: boolean): Promise<{ node: MeshNode; gossip: HaveGossip; heard: () => Promise<void> }> {
    const node = await createMemoryNode();
    let wake: () => void = () => undefined;
    const onChange = (): void => {
      wake();
    };
    const gossip = new HaveGossip({
      gossip: node.services.gossip,
      topic,
      self: node.peerId.toString(),
      denied: DenyList.inMemory(),
      traffic: new Traffic(() => undefined),
      presence,
      onChange,
    });
    closing.push(
      () => {
        gossip.close();
      },
      async () => node.stop(),
    );
    return { node, gossip, heard: async () => new Promise<void>((resolve) => (wake = resolve)) };
  }

  it('tells a newcomer what was announced before it came', async () => {
    const holder = await peer(true);
    await holder.gossip.announce([id]);
    const newcomer = await peer(true);
    const heard = newcomer.heard();
    await newcomer.node.dial(holder.node.getMultiaddrs());
    await heard;
    expect(newcomer.gossip.holders(id)).toEqual([holder.node.peerId.toString()]);
    expect(newcomer.gossip.peers()).toEqual([holder.node.peerId.toString()]);
  });

  it('drops what a peer publishes that is malformed, before anyone hears of it', async () => {
    const liar = await peer(false);
    const tab = await peer(true);
    const linked = liar.heard();
    await tab.node.dial(liar.node.getMultiaddrs());
    await linked;
    liar.node.services.gossip.subscribe('/another/topic');
    await liar.node.services.gossip.publish(topic, garbage);
    const heard = tab.heard();
    await liar.gossip.announce([id]);
    await heard;
    expect(tab.gossip.peers()).toEqual([liar.node.peerId.toString()]);
    expect(tab.node.services.gossip.getSubscribers(topic).map(String)).toEqual([liar.node.peerId.toString()]);
    expect(tab.node.services.gossip.getSubscribers('/another/topic')).toEqual([]);
  });
});
