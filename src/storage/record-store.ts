/** The storage door for small records by name: the journal, the account, settings. Values are anything structured clone takes, keys included. */
export interface RecordStore {
  get(key: string): Promise<unknown>;
  put(key: string, value: unknown): Promise<void>;
  /** Adds to the end of the list under `key`, atomically. */
  append(key: string, value: unknown): Promise<void>;
  /** The list under `key`, oldest first. */
  list(key: string): Promise<readonly unknown[]>;
  remove(key: string): Promise<void>;
  /** Every key that starts with `prefix`. */
  keys(prefix: string): Promise<readonly string[]>;
}
