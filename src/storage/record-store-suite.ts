/** What every record store promises, run against each implementation. */
import { describe, expect, it } from 'vitest';
import type { RecordStore } from './record-store.ts';

export function recordStoreSuite(name: string, open: () => Promise<RecordStore>): void {
  describe(name, () => {
    it('returns what was put last, and undefined for what was never put', async () => {
      const store = await open();
      expect(await store.get('setting')).toBeUndefined();
      await store.put('setting', { theme: 'dark', since: 7n });
      await store.put('setting', { theme: 'light', since: 8n });
      expect(await store.get('setting')).toEqual({ theme: 'light', since: 8n });
    });

    it('keeps a list in the order of appending', async () => {
      const store = await open();
      expect(await store.list('journal')).toEqual([]);
      for (let n = 0; n < 12; n++) await store.append('journal', { n });
      expect(await store.list('journal')).toEqual(Array.from({ length: 12 }, (_, n) => ({ n })));
    });

    it('loses none of many appends made at once', async () => {
      const store = await open();
      await Promise.all(Array.from({ length: 40 }, (_, n) => store.append('journal', n)));
      expect([...(await store.list('journal'))].sort((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 40 }, (_, n) => n));
    });

    it('keeps lists apart, also where one name begins another', async () => {
      const store = await open();
      await store.append('job', 'a');
      await store.append('job/2', 'b');
      expect(await store.list('job')).toEqual(['a']);
      expect(await store.list('job/2')).toEqual(['b']);
    });

    it('removes a record, or a whole list, and nothing else', async () => {
      const store = await open();
      await store.put('a', 1);
      await store.append('a', 1);
      await store.append('ab', 2);
      await store.remove('a');
      expect([await store.get('a'), await store.list('a'), await store.list('ab')]).toEqual([undefined, [], [2]]);
    });

    it('finds every key with a prefix, of records and lists, once each and sorted', async () => {
      const store = await open();
      await store.put('receipts/2', 1);
      await store.append('receipts/1', 1);
      await store.append('receipts/1', 2);
      await store.put('receipt', 1);
      await store.put('settings', 1);
      expect(await store.keys('receipts/')).toEqual(['receipts/1', 'receipts/2']);
      expect(await store.keys('')).toEqual(['receipt', 'receipts/1', 'receipts/2', 'settings']);
    });

    it('is not changed by what a caller does with a value afterwards', async () => {
      const store = await open();
      const value = { answers: [7] };
      await store.put('record', value);
      await store.append('list', value);
      value.answers.push(2);
      expect([await store.get('record'), await store.list('list')]).toEqual([{ answers: [7] }, [{ answers: [7] }]]);
    });

    it('keeps a key that nobody can read, and it still works', async () => {
      const store = await open();
      const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
      await store.put('key', { key });
      const back = (await store.get('key')) as { key: CryptoKey };
      expect(back.key.extractable).toBe(false);
      const iv = new Uint8Array(12);
      const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new Uint8Array([7]));
      expect(new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, back.key, sealed))).toEqual(new Uint8Array([7]));
    });
  });
}
