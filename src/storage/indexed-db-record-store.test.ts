import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { Database } from './database.ts';
import { IndexedDbRecordStore } from './indexed-db-record-store.ts';
import { recordStoreSuite } from './record-store-suite.ts';

let opened = 0;

recordStoreSuite('IndexedDbRecordStore', async () => new IndexedDbRecordStore(new Database(`records-${opened++}`)));

it('keeps its records over a reload', async () => {
  const name = `records-${opened++}`;
  const before = new Database(name);
  await new IndexedDbRecordStore(before).append('journal', 'claimed');
  await before.close();
  expect(await new IndexedDbRecordStore(new Database(name)).list('journal')).toEqual(['claimed']);
});
