/** The one IndexedDB database of an origin, opened when first needed and again whenever the browser has closed it. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

export interface StoredBytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface ListEntry {
  readonly list: string;
  readonly value: unknown;
}

export interface Schema extends DBSchema {
  content: { key: string; value: StoredBytes };
  records: { key: string; value: unknown };
  lists: { key: number; value: ListEntry; indexes: { list: string } };
}

const VERSION = 1;

/**
 * Clearing site data closes the connection under us; a new version of the app in another tab asks us to let go. Both end
 * in a fresh connection at the next use, where evicted content is simply missing.
 */
export class Database {
  readonly #name: string;
  #connection: Promise<IDBPDatabase<Schema>> | null = null;

  constructor(name = 'prooftab') {
    this.#name = name;
  }

  connect(): Promise<IDBPDatabase<Schema>> {
    if (!this.#connection) {
      const opening = this.#open();
      this.#connection = opening;
      // A browser that refuses now may agree later: the next use asks again.
      opening.catch(this.#forget);
    }
    return this.#connection;
  }

  async close(): Promise<void> {
    const connection = await this.#connection;
    this.#connection = null;
    connection?.close();
  }

  async #open(): Promise<IDBPDatabase<Schema>> {
    return openDB<Schema>(this.#name, VERSION, {
      upgrade(database) {
        database.createObjectStore('content');
        database.createObjectStore('records');
        database.createObjectStore('lists', { autoIncrement: true }).createIndex('list', 'list');
      },
      blocking: (_current, _blocked, event) => {
        this.#forget();
        (event.target as IDBDatabase).close();
      },
      terminated: this.#forget,
    });
  }

  readonly #forget = (): void => {
    this.#connection = null;
  };
}
