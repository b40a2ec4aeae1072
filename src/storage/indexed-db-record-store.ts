/** Records by name in IndexedDB: one row per value, and one row per entry of a list. */
import type { Database } from './database.ts';
import type { RecordStore } from './record-store.ts';

/** Past every key that starts with a prefix: U+FFFF sorts last and is no character. */
const LAST = '\uffff';

/** Writes are strict: a journal entry that was acknowledged survives a killed browser, not only a killed tab. */
const STRICT = { durability: 'strict' } as const;

export class IndexedDbRecordStore implements RecordStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async get(key: string): Promise<unknown> {
    const connection = await this.#database.connect();
    return connection.get('records', key);
  }

  async put(key: string, value: unknown): Promise<void> {
    const connection = await this.#database.connect();
    const transaction = connection.transaction('records', 'readwrite', STRICT);
    await Promise.all([transaction.store.put(value, key), transaction.done]);
  }

  async append(key: string, value: unknown): Promise<void> {
    const connection = await this.#database.connect();
    const transaction = connection.transaction('lists', 'readwrite', STRICT);
    await Promise.all([transaction.store.add({ list: key, value }), transaction.done]);
  }

  async list(key: string): Promise<readonly unknown[]> {
    const connection = await this.#database.connect();
    return (await connection.getAllFromIndex('lists', 'list', key)).map((entry) => entry.value);
  }

  async remove(key: string): Promise<void> {
    const connection = await this.#database.connect();
    const transaction = connection.transaction(['records', 'lists'], 'readwrite', STRICT);
    const entries = await transaction.objectStore('lists').index('list').getAllKeys(key);
    await Promise.all([
      transaction.objectStore('records').delete(key),
      ...entries.map((entry) => transaction.objectStore('lists').delete(entry)),
      transaction.done,
    ]);
  }

  async keys(prefix: string): Promise<readonly string[]> {
    const connection = await this.#database.connect();
    const range = IDBKeyRange.bound(prefix, prefix + LAST);
    const found = new Set<string>(await connection.getAllKeys('records', range));
    const transaction = connection.transaction('lists');
    let cursor = await transaction.store.index('list').openKeyCursor(range, 'nextunique');
    while (cursor) {
      found.add(cursor.key);
      cursor = await cursor.continue();
    }
    return [...found].sort();
  }
}
