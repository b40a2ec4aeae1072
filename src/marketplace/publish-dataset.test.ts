import { describe, expect, it } from 'vitest';
import { fromHex } from '../protocol/bytes.ts';
import { fromHex32, toHex32 } from '../protocol/field.ts';
import { decodeShardList } from '../protocol/heads.ts';
import { packRow, rowLeaf } from '../protocol/row-leaf.ts';
import { rowSalt } from '../protocol/row-salts.ts';
import { nodeOver, pathToRoot, rootFrom } from '../protocol/row-tree.ts';
import { openShard } from '../protocol/sealed-shard.ts';
import { deriveShardKey } from '../protocol/shard-key.ts';
import { MemoryShardStore } from '../storage/memory-shard-store.ts';
import { publishDataset } from './publish-dataset.ts';
import { publishedHeads } from './published-heads.ts';
import { OWNER, expectOk, stageMarket } from './staged-market.ts';
import { StubLedger } from './stub-ledger.ts';

describe('publishDataset', () => {
  it('puts a head on the chain that names its owner, and sealed shards and their list in the store', async () => {
    const { ledger, dataset, custodianStore } = await stageMarket(new MemoryShardStore());
    const [published] = expectOk(await publishedHeads(ledger, 'prooftab/dataset/1'));
    expect(published).toEqual({ id: dataset.id, head: dataset.head, publisher: OWNER });
    const bytes = expectOk(await custodianStore.get({ kind: 'blob', id: dataset.head.shards }));
    expect(expectOk(decodeShardList(bytes))).toEqual(dataset.list);
    expect(await custodianStore.shards()).toEqual(dataset.list.shards.map(({ tree }) => tree));
  });

  it('commits to every row: each sealed shard opens to rows whose node is in the list, and under the root', async () => {
    const { source, dataset, custodianStore } = await stageMarket(new MemoryShardStore());
    for (const [index, shard] of dataset.list.shards.entries()) {
      const key = deriveShardKey(source.ownerSecret, source.salt, index);
      const sealed = expectOk(await custodianStore.get({ kind: 'shard', id: shard.tree }));
      expect(sealed.length).toBe(shard.bytes);
      const rows = expectOk(await openShard(key, sealed, source.salt, index));
      expect(rows).toEqual(source.rows.slice(index * 80, index * 80 + 80));
      const leaves = [0, 1, 2, 3].map((row) =>
        rowLeaf(rowSalt(key, source.salt, index * 4 + row), packRow(rows.subarray(row * 20, row * 20 + 20), 8)),
      );
      expect(toHex32(nodeOver(leaves))).toBe(dataset.list.nodes[index]);
      const siblings = pathToRoot(dataset.list.nodes.map(fromHex32), index, 2);
      expect(toHex32(rootFrom(nodeOver(leaves), index, siblings))).toBe(dataset.head.root);
    }
  });

  it('stores nothing that shows a row to whoever lacks the key', async () => {
    const { source, dataset, custodianStore } = await stageMarket(new MemoryShardStore());
    for (const { tree } of dataset.list.shards) {
      const sealed = Buffer.from(expectOk(await custodianStore.get({ kind: 'shard', id: tree })));
      for (let row = 0; row < 16; row++) expect(sealed.includes(Buffer.from(source.rows.slice(row * 20, row * 20 + 8)))).toBe(false);
    }
  });

  it('fills the last unit by repeating the last row, and says how many rows count', async () => {
    const { source } = await stageMarket(new MemoryShardStore());
    const shards = new MemoryShardStore();
    const short = { ...source, rows: source.rows.slice(0, 14 * 20), rowCount: 14 };
    const { head, list } = expectOk(await publishDataset({ ledger: new StubLedger(), shards }, short));
    expect(head.rows).toBe(14);
    const sealed = expectOk(await shards.get({ kind: 'shard', id: list.shards[3].tree }));
    const rows = expectOk(await openShard(deriveShardKey(source.ownerSecret, source.salt, 3), sealed, source.salt, 3));
    expect([2, 3].map((row) => rows.slice(row * 20, row * 20 + 20))).toEqual([rows.slice(20, 40), rows.slice(20, 40)]);
  });

  it('is another dataset under another salt: equal rows do not show', async () => {
    const { source, dataset } = await stageMarket(new MemoryShardStore());
    const other = expectOk(
      await publishDataset({ ledger: new StubLedger(), shards: new MemoryShardStore() }, { ...source, salt: new Uint8Array(32).fill(4) }),
    );
    expect(other.head.root).not.toBe(dataset.head.root);
    expect(other.list.nodes.some((node) => dataset.list.nodes.includes(node))).toBe(false);
  });

  it('refuses rows that do not fit their sizes, their width or the tree', async () => {
    const { source } = await stageMarket(new MemoryShardStore());
    const doors = { ledger: new StubLedger(), shards: new MemoryShardStore() };
    const refused = async (change: Partial<typeof source>) => publishDataset(doors, { ...source, ...change });
    const bad = (detail: string) => ({ ok: false, failure: { kind: 'bad-dataset', detail } });
    expect(await refused({ rowCount: 15 })).toEqual(bad('sizes'));
    expect(await refused({ rows: new Uint8Array(), rowCount: 0 })).toEqual(bad('sizes'));
    expect(await refused({ shardRows: 3 })).toEqual(bad('sizes'));
    expect(await refused({ column: { name: 'pixel', bits: 7, count: 20 } })).toEqual(bad('column'));
    expect(await refused({ column: { name: 'pixel', bits: 16, count: 20 } })).toEqual(bad('column'));
    expect(await refused({ depth: 3 })).toEqual(bad('too-many-rows'));
    expect(doors.ledger.heads).toEqual([]);
  });

  it('publishes no head for shards that could not be stored, and says when the chain is away', async () => {
    const { source } = await stageMarket(new MemoryShardStore());
    const ledger = new StubLedger();
    expect(await publishDataset({ ledger, shards: new MemoryShardStore(150) }, source)).toMatchObject({ ok: false, failure: { kind: 'quota' } });
    expect(ledger.heads).toEqual([]);
    ledger.outage = { kind: 'chain-down', detail: 'away' };
    expect(await publishDataset({ ledger, shards: new MemoryShardStore() }, source)).toMatchObject({ ok: false, failure: { kind: 'chain-down' } });
  });

  it('keeps its secret out of everything it publishes', async () => {
    const { source, ledger } = await stageMarket(new MemoryShardStore());
    const secret = Buffer.from(source.ownerSecret);
    for (const { bytes } of ledger.heads) expect(Buffer.from(fromHex(bytes)).includes(secret)).toBe(false);
  });
});
