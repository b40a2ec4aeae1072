import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OWNER, STRANGER } from '../src/marketplace/staged-market.ts';
import { StubLedger } from '../src/marketplace/stub-ledger.ts';
import { keptDataset, loadDataset, loadSecrets } from './custody.ts';
import { FolderShardStore } from './folder-shard-store.ts';

let home: string;
let store: FolderShardStore;
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'prooftab-custody-'));
  store = new FolderShardStore(path.join(home, 'store'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const file = (name: string) => path.join(home, name);
const sixteenRows = {
  rows: new Uint8Array(16 * 20).map((_, i) => i),
  rowCount: 16,
  column: { name: 'image', bits: 8, count: 20 },
  shardRows: 4,
  depth: 4,
};

describe('an owner’s secret', () => {
  it('is made once, and readable by its owner alone', async () => {
    const made = await loadSecrets(home);
    expect(await loadSecrets(home)).toEqual(made);
    expect(made.ownerSecret).toHaveLength(32);
  });

  it.each(['', 'null', '{"ownerSecret":"0x12","salt":"0x"}', '{"ownerSecret":"', '[]'])(
    'is missed where the file holds %j, and no other is made',
    async (text) => {
      await writeFile(file('secret.json'), text);
      await expect(loadSecrets(home)).rejects.toThrow(`${file('secret.json')} holds no owner secret`);
      expect(await readFile(file('secret.json'), 'utf8')).toBe(text);
    },
  );
});

describe('a dataset in custody', () => {
  const load = async (ledger: StubLedger, source = () => sixteenRows) =>
    loadDataset({ home, store, ledger, owner: OWNER, source }, await loadSecrets(home));
  const never = () => {
    throw new Error('the rows were asked for again');
  };

  it('is sealed once, and found again', async () => {
    const ledger = new StubLedger();
    const made = await load(ledger);
    expect(await load(ledger, never)).toEqual(made);
    expect(ledger.heads).toHaveLength(1);
  });

  it('is told again to a chain that forgot it', async () => {
    const made = await load(new StubLedger());
    const reset = new StubLedger();
    expect(await load(reset, never)).toEqual(made);
    expect(reset.heads.map(({ id }) => id)).toEqual([made.id]);
  });

  it('says so where the chain is away or takes no head, whether it was sealed before or not', async () => {
    const away = { kind: 'chain-down', detail: 'away' } as const;
    const refusing = new StubLedger();
    refusing.onSend = () => away;
    await expect(load(refusing)).rejects.toThrow('the dataset was not published');
    await load(new StubLedger());
    await expect(load(refusing, never)).rejects.toThrow('the dataset was not published');
    const silent = new StubLedger();
    silent.outage = away;
    await expect(load(silent, never)).rejects.toThrow('the chain does not answer');
  });

  it('is not kept where it is another owner’s, unreadable, or not whole', async () => {
    expect(await keptDataset(home, store, OWNER)).toBeNull();
    const { list, head } = await load(new StubLedger());
    expect(await keptDataset(home, store, OWNER)).not.toBeNull();
    expect(await keptDataset(home, store, STRANGER)).toBeNull();
    await store.remove({ kind: 'shard', id: list.shards[2].tree });
    expect(await keptDataset(home, store, OWNER)).toBeNull();
    await store.remove({ kind: 'blob', id: head.shards });
    expect(await keptDataset(home, store, OWNER)).toBeNull();
    for (const text of ['{"head":"0x00"}', '{"head":7}', '{']) {
      await writeFile(file('dataset.json'), text);
      expect(await keptDataset(home, store, OWNER)).toBeNull();
    }
  });
});
