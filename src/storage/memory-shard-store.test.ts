import { contentKey } from './content-check.ts';
import { MemoryShardStore } from './memory-shard-store.ts';
import { shardStoreSuite } from './shard-store-suite.ts';

shardStoreSuite('MemoryShardStore', async () => {
  const held = new Map<string, Uint8Array<ArrayBuffer>>();
  let store = new MemoryShardStore(undefined, held);
  return {
    store: {
      get: (content) => store.get(content),
      put: (content, bytes) => store.put(content, bytes),
      room: (bytes) => store.room(bytes),
      shards: () => store.shards(),
      remove: (content) => store.remove(content),
    },
    reopen: () => new MemoryShardStore(undefined, held),
    async tamper(content, bytes) {
      if (bytes) held.set(contentKey(content), bytes);
      else held.delete(contentKey(content));
    },
    leave(bytes) {
      const used = [...held.values()].reduce((sum, one) => sum + one.length, 0);
      store = new MemoryShardStore(used + bytes, held);
    },
  };
});
