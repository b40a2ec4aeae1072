import { MemoryRecordStore } from './memory-record-store.ts';
import { recordStoreSuite } from './record-store-suite.ts';

recordStoreSuite('MemoryRecordStore', async () => new MemoryRecordStore());
