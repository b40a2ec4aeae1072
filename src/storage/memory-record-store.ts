/** Records by name in memory. Values are cloned both ways, so that what a caller keeps changing never changes what is stored. */
import type { RecordStore } from './record-store.ts';

export class MemoryRecordStore implements RecordStore {
  readonly #records = new Map<string, unknown>();
  readonly #lists = new Map<string, unknown[]>();

  async get(key: string): Promise<unknown> {
    return structuredClone(this.#records.get(key));
  }

  async put(key: string, value: unknown): Promise<void> {
    this.#records.set(key, structuredClone(value));
  }

  async append(key: string, value: unknown): Promise<void> {
    const list = this.#lists.get(key) ?? [];
    list.push(structuredClone(value));
    this.#lists.set(key, list);
  }

  async list(key: string): Promise<readonly unknown[]> {
    return structuredClone(this.#lists.get(key) ?? []);
  }

  async remove(key: string): Promise<void> {
    this.#records.delete(key);
    this.#lists.delete(key);
  }

  async keys(prefix: string): Promise<readonly string[]> {
    return [...new Set([...this.#records.keys(), ...this.#lists.keys()])].filter((key) => key.startsWith(prefix)).sort();
  }
}
