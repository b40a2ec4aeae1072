import { describe, expect, it } from 'vitest';
import type { UnitState } from '../consensus/ledger.ts';
import { G2_GENERATOR, g2ToBytes } from '../protocol/bn254-points.ts';
import { fromHex, toHex } from '../protocol/bytes.ts';
import { circuitId, type CircuitParts } from '../protocol/circuit.ts';
import { fromHex32 } from '../protocol/field.ts';
import { encodeShardList, headId, type DatasetHead, type ShardList } from '../protocol/heads.ts';
import type { BlobId, DatasetId } from '../protocol/ids.ts';
import { verifyInputPath } from '../protocol/input-tree.ts';
import { rootFrom } from '../protocol/row-tree.ts';
import { sha256 } from '../protocol/sha256.ts';
import { taskId, type Terms } from '../protocol/terms.ts';
import { MemoryShardStore } from '../storage/memory-shard-store.ts';
import { findWork, type Seeker } from './find-work.ts';
import { postTask, type Order } from './post-task.ts';
import { OWNER, REQUESTER, STRANGER, expectOk, publishAs, stageMarket, type Stage } from './staged-market.ts';

const ME = `0x${'0a'.repeat(20)}` as const;
const MY_BOX = `0x${'0b'.repeat(32)}` as const;
const me: Seeker = { claimant: ME, boxKey: MY_BOX, now: 0, choose: () => 0 };

async function market() {
  const stage = await stageMarket(new MemoryShardStore());
  const doors = { ledger: stage.ledger, network: stage.network, shards: new MemoryShardStore() };
  const set = (unit: number, state: UnitState) => stage.ledger.units.set(`${stage.posted.id}/${unit}`, state);
  return { ...stage, doors, set };
}

const flawed = (detail: string) => ({ ok: false, failure: { kind: 'bad-task', detail } });

/** Posts a task that only differs from the staged one where asked, in place of it. */
async function repost({ ledger, order }: Stage, change: Partial<Order>, terms: Partial<Terms> = {}): Promise<void> {
  ledger.tasks.length = 0;
  const { terms: posted } = expectOk(await postTask(ledger, { ...order, ...change }));
  const changed = { ...posted, ...terms };
  ledger.tasks.splice(0, 1, { id: taskId(ledger.chainId, ledger.market, changed), terms: changed });
}

/** A dataset whose list was changed after the head was made, or a head that was. */
async function redescribe(stage: Stage, list: ShardList, head: Partial<DatasetHead>, publisher = OWNER): Promise<void> {
  const bytes = encodeShardList(list);
  expectOk(await stage.custodianStore.put({ kind: 'blob', id: sha256(bytes) as BlobId }, bytes));
  const changed: DatasetHead = { ...stage.dataset.head, shards: sha256(bytes) as BlobId, ...head };
  await publishAs(stage.ledger, publisher, changed);
  await repost(stage, { dataset: { id: headId(changed) as DatasetId, head: changed, list } });
}

async function recircuit(stage: Stage, change: Partial<CircuitParts>, key = stage.key): Promise<void> {
  const parts = { ...stage.parts, ...change };
  expectOk(await stage.ledger.send({ send: 'register', parts, key }));
  await repost(stage, { circuit: circuitId(parts) });
}

describe('findWork', () => {
  it('returns a unit with everything that claiming, computing, proving and a receipt need', async () => {
    const { doors, posted, dataset, model, artefacts, parts, key } = await market();
    const { work, heldUntil } = expectOk(await findWork(doors, { ...me, choose: (n) => n - 1 }));
    expect(heldUntil).toBeNull();
    expect(work).toMatchObject({
      task: posted.id,
      terms: posted.terms,
      unit: 2,
      shardIndex: 3,
      firstRow: 12,
      input: dataset.list.nodes[3],
      shard: dataset.list.shards[3],
    });
    expect(work).toMatchObject({ chainId: 31337, datasetId: dataset.id, dataset: dataset.head, model, artefacts, circuit: parts, key });
    expect(verifyInputPath(posted.terms.inputs, 2, fromHex32(work.input), work.inputPath)).toBe(true);
    expect(rootFrom(fromHex32(work.input), work.rowPath.index, work.rowPath.siblings.map(fromHex32))).toBe(fromHex32(dataset.head.root));
  });

  it('prefers a unit that this account holds already', async () => {
    const { doors, set, ledger } = await market();
    const until = ledger.time + 60;
    set(1, { status: 'claimed', claimant: ME, until, boxKey: MY_BOX });
    expect(expectOk(await findWork(doors, me))).toMatchObject({ heldUntil: until, work: { unit: 1 } });
    const avoids = () => new Set([1]);
    expect(expectOk(await findWork(doors, { ...me, avoids }))).toMatchObject({ heldUntil: null, work: { unit: 0 } });
  });

  it('does not take a claim under another box key for its own: nobody here could open the shard key', async () => {
    const { doors, set, ledger } = await market();
    set(0, { status: 'claimed', claimant: ME, until: ledger.time + 60, boxKey: `0x${'0c'.repeat(32)}` });
    expect(expectOk(await findWork(doors, me))).toMatchObject({ heldUntil: null, work: { unit: 1 } });
  });

  it('leaves alone what others hold, what is settled, pending or avoided, and takes what lapsed', async () => {
    const { doors, set, ledger } = await market();
    set(0, { status: 'claimed', claimant: STRANGER, until: ledger.time, boxKey: MY_BOX });
    set(1, { status: 'settled', claimant: STRANGER });
    set(2, { status: 'pending', claimant: STRANGER, until: ledger.time + 60 });
    expect(await findWork(doors, me)).toEqual({ ok: false, failure: { kind: 'no-work' } });
    set(0, { status: 'claimed', claimant: STRANGER, until: ledger.time - 1, boxKey: MY_BOX });
    expect(expectOk(await findWork(doors, me)).work.unit).toBe(0);
    expect(await findWork(doors, { ...me, avoids: () => new Set([0]) })).toEqual({ ok: false, failure: { kind: 'no-work' } });
  });

  it('sees that a lease ended although the chain has had no block since', async () => {
    const { doors, set, ledger } = await market();
    for (const unit of [0, 1, 2]) set(unit, { status: 'claimed', claimant: STRANGER, until: ledger.time + 60, boxKey: MY_BOX });
    expect((await findWork(doors, me)).ok).toBe(false);
    expect((await findWork(doors, { ...me, now: ledger.time + 61 })).ok).toBe(true);
  });

  it('claims nothing that closes before a lease could end', async () => {
    const { doors, ledger, posted } = await market();
    ledger.time = posted.terms.closes - posted.terms.lease + 1;
    expect(await findWork(doors, me)).toEqual({ ok: false, failure: { kind: 'no-work' } });
  });

  it('claims nothing under a lease that may be over before the claim is in a block', async () => {
    const stage = await market();
    await repost(stage, {}, { lease: 59 });
    expect(await findWork(stage.doors, me)).toEqual({ ok: false, failure: { kind: 'no-work' } });
    await repost(stage, { lease: 60 });
    expect((await findWork(stage.doors, me)).ok).toBe(true);
  });

  it('passes over a task that does not add up when another does', async () => {
    const stage = await market();
    const { ledger, posted, doors, order } = stage;
    await repost(stage, {}, { judge: STRANGER });
    expect(await findWork(doors, me)).toEqual(flawed('judge-unknown'));
    const good = expectOk(await postTask(ledger, { ...order, nonce: `0x${'09'.repeat(16)}` }));
    expect(expectOk(await findWork(doors, me)).work.task).toBe(good.id);
    expect(good.id).not.toBe(posted.id);
  });

  it('passes over a task of four thousand million units, which costs nothing to post, and finds the honest one behind it', async () => {
    const stage = await market();
    const { ledger, doors, order } = stage;
    await repost(stage, { price: 0n, ownerPrice: 0n }, { units: 2 ** 32 - 1 });
    const asked: number[] = [];
    const choose = (n: number) => {
      asked.push(n);
      return n - 1;
    };
    expect(await findWork(doors, { ...me, choose })).toEqual(flawed('inputs-missing'));
    expect(asked).toEqual([2 ** 32 - 1]);
    const honest = expectOk(await postTask(ledger, { ...order, nonce: `0x${'09'.repeat(16)}` }));
    expect(expectOk(await findWork(doors, { ...me, choose })).work).toMatchObject({ task: honest.id, unit: 2 });
  });

  it('chooses among all units that are open, and no other', async () => {
    const stage = await stageMarket(new MemoryShardStore(), [0, 1, 2, 3, 0, 1, 2]);
    const doors = { ledger: stage.ledger, network: stage.network, shards: new MemoryShardStore() };
    for (const unit of [4, 0, 1]) stage.ledger.units.set(`${stage.posted.id}/${unit}`, { status: 'settled', claimant: STRANGER });
    const found: number[] = [];
    for (const n of [0, 1, 2]) {
      const seeker: Seeker = { ...me, avoids: () => new Set([6]), choose: (open) => (expect(open).toBe(3), n) };
      found.push(expectOk(await findWork(doors, seeker)).work.unit);
    }
    expect(found).toEqual([2, 3, 5]);
    for (const choose of [(open: number) => open, () => -1]) await expect(findWork(doors, { ...me, choose })).rejects.toThrow(RangeError);
  });

  it('says when the chain is away, or nobody serves the list of shards', async () => {
    const { doors, ledger, network } = await market();
    network.sources.clear();
    expect(await findWork(doors, me)).toMatchObject({ ok: false, failure: { kind: 'not-found' } });
    ledger.outage = { kind: 'chain-down', detail: 'away' };
    expect(await findWork(doors, me)).toEqual({ ok: false, failure: { kind: 'chain-down', detail: 'away' } });
  });
});

describe('a task that does not add up', () => {
  it('has an id that is not the hash of its terms', async () => {
    const { ledger, doors, posted } = await market();
    ledger.tasks.splice(0, 1, { id: posted.id, terms: { ...posted.terms, price: 9_999n } });
    expect(await findWork(doors, me)).toEqual(flawed('task-id'));
  });

  it('names a gate or a judge that this version cannot satisfy', async () => {
    const stage = await market();
    await repost(stage, {}, { gate: STRANGER });
    expect(await findWork(stage.doors, me)).toEqual(flawed('gate-unknown'));
  });

  it('names a circuit that is unknown, not its hash, of another kind, or with a key that is not its own', async () => {
    const stage = await market();
    await repost(stage, { circuit: `0x${'55'.repeat(32)}` as Order['circuit'] });
    expect(await findWork(stage.doors, me)).toEqual(flawed('circuit-unknown'));
    await repost(stage, {});
    stage.ledger.circuits.set(stage.circuit, { parts: { ...stage.parts, relation: sha256(new Uint8Array()) }, key: stage.key });
    expect(await findWork(stage.doors, me)).toEqual(flawed('circuit-id'));
    for (const change of [{ system: 2 }, { kind: 2 }, { values: 3 }]) {
      await recircuit(stage, change);
      expect(await findWork(stage.doors, me)).toEqual(flawed('circuit-kind'));
    }
    const otherKey = fromHex(stage.key);
    // Sound in itself: one of its points stands where another did.
    otherKey.copyWithin(0, 448, 512);
    await recircuit(stage, {}, toHex(otherKey));
    expect(await findWork(stage.doors, me)).toEqual(flawed('circuit-key'));
  });

  it('has a key with which anyone can forge: γ = δ, or δ is the generator', async () => {
    const stage = await market();
    for (const delta of [fromHex(stage.key).subarray(192, 320), g2ToBytes(G2_GENERATOR)]) {
      const forgeable = fromHex(stage.key);
      forgeable.set(delta, 320);
      await recircuit(stage, { key: sha256(forgeable) }, toHex(forgeable));
      // Asked twice: what is known of a key is remembered.
      for (let i = 0; i < 2; i++) expect(await findWork(stage.doors, me)).toEqual(flawed('forgeable-key'));
    }
  });

  it('has a key that is malformed: a point off its curve', async () => {
    const stage = await market();
    const malformed = fromHex(stage.key);
    malformed[63] ^= 1;
    await recircuit(stage, { key: sha256(malformed) }, toHex(malformed));
    for (let i = 0; i < 2; i++) expect(await findWork(stage.doors, me)).toEqual(flawed('circuit-key'));
  });

  it('has a development key that is not marked, or not on the development chain', async () => {
    const stage = await market();
    await recircuit(stage, { flags: 0 });
    expect(await findWork(stage.doors, me)).toEqual(flawed('unmarked-development-key'));
    stage.ledger.chainId = 1;
    await repost(stage, {});
    expect(await findWork(stage.doors, me)).toEqual(flawed('development-key'));
  });

  it('has a circuit that says it is INSECURE, off the development chain, with whatever key', async () => {
    const stage = await market();
    const ordinary = fromHex(stage.key);
    // Another point for alpha: no longer the development key, and still a sound one.
    ordinary.copyWithin(0, 448, 512);
    const key = sha256(ordinary);
    stage.ledger.chainId = 1;
    await recircuit(stage, { key, flags: 1 }, toHex(ordinary));
    expect(await findWork(stage.doors, me)).toEqual(flawed('development-key'));
    await recircuit(stage, { key, flags: 0 }, toHex(ordinary));
    expect(await findWork(stage.doors, me)).toEqual(flawed('artefacts-missing'));
  });

  it('has details, inputs, model or files that nobody published, or published as something else', async () => {
    for (const [kind, detail] of [
      ['prooftab/details/1', 'details-missing'],
      ['prooftab/dataset/1', 'dataset-missing'],
      ['prooftab/inputs/1', 'inputs-missing'],
      ['prooftab/model/1', 'model-missing'],
      ['prooftab/artefacts/1', 'artefacts-missing'],
    ] as const) {
      const { ledger, doors } = await market();
      const held = ledger.heads.findIndex((head) => head.kind === kind);
      const [taken] = ledger.heads.splice(held, 1);
      expect(await findWork(doors, me)).toEqual(flawed(detail));
      const other = ledger.heads[0];
      ledger.heads.push({ ...taken, bytes: other.bytes });
      expect(await findWork(doors, me)).toEqual(flawed(detail));
      ledger.heads.push({ ...taken, bytes: `${taken.bytes}00` });
      expect(await findWork(doors, me)).toEqual(flawed(detail));
    }
  });

  it('names a dataset that its owner did not publish, or whose owner would not be paid', async () => {
    const stage = await market();
    await redescribe(stage, stage.dataset.list, { rows: 15 }, STRANGER);
    expect(await findWork(stage.doors, me)).toEqual(flawed('dataset-owner'));
    const other = await market();
    await repost(other, {}, { owner: STRANGER });
    expect(await findWork(other.doors, me)).toEqual(flawed('dataset-owner'));
  });

  it('has inputs that do not make up the root in its terms', async () => {
    const { ledger, doors, posted, dataset } = await market();
    const held = ledger.heads.findIndex(({ kind }) => kind === 'prooftab/inputs/1');
    ledger.heads.splice(held, 1);
    const units = [1, 0, 3].map((shard) => ({ shard, input: dataset.list.nodes[shard] }));
    await publishAs(ledger, STRANGER, { t: 'prooftab/inputs/1', root: posted.terms.inputs, units });
    await publishAs(ledger, STRANGER, { t: 'prooftab/inputs/1', root: posted.terms.inputs, units: units.slice(1) });
    expect(await findWork(doors, me)).toEqual(flawed('inputs-missing'));
  });

  it('reads a node that is not the one over its shard’s rows', async () => {
    const stage = await market();
    const { list } = stage.dataset;
    const nodes = [list.nodes[0], list.nodes[1], list.nodes[3], list.nodes[2]];
    await repost(stage, { dataset: { ...stage.order.dataset, list: { ...list, nodes } } });
    expect(await findWork(stage.doors, me)).toEqual(flawed('input-node'));
  });

  it('has a list of shards that does not make up the dataset’s root, or is no list', async () => {
    // Another node, and one that is no element of the field.
    for (const wrong of [null, `0x${'ff'.repeat(32)}` as const]) {
      const stage = await market();
      const { list } = stage.dataset;
      // Of a shard that no unit of the task reads.
      const node = wrong ?? list.nodes[2];
      await redescribe(stage, { ...list, nodes: [list.nodes[0], node, list.nodes[2], list.nodes[3]] }, {});
      expect(await findWork(stage.doors, me)).toEqual(flawed('shard-list-root'));
    }
    const other = await market();
    await redescribe(other, other.dataset.list, { shards: other.model.onnx });
    expect(await findWork(other.doors, me)).toEqual(flawed('shard-list'));
    const absurd = await market();
    await redescribe(absurd, absurd.dataset.list, { shardRows: 32 });
    expect(await findWork(absurd.doors, me)).toEqual(flawed('shard-list'));
  });

  it('believes whoever pays for the work about its proving key, before strangers', async () => {
    const { ledger, doors, artefacts } = await market();
    const held = ledger.heads.findIndex(({ kind }) => kind === 'prooftab/artefacts/1');
    const [mine] = ledger.heads.splice(held, 1);
    await publishAs(ledger, STRANGER, { ...artefacts, provingKey: `0x${'66'.repeat(32)}` as BlobId });
    ledger.heads.push(mine);
    expect(mine?.publisher).toBe(REQUESTER);
    expect(expectOk(await findWork(doors, me)).work.artefacts).toEqual(artefacts);
  });
});
