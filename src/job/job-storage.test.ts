import { describe, expect, it, vi } from 'vitest';
import { createWalletSigner } from '../identity/wallet-signer.ts';
import { expectOk } from '../marketplace/staged-market.ts';
import { contentKey } from '../storage/content-check.ts';
import { MemoryRecordStore } from '../storage/memory-record-store.ts';
import { MemoryShardStore } from '../storage/memory-shard-store.ts';
import { claimsOf, expectPaidOnce, rehearsals } from './rehearsal.ts';

/** Where the bytes of the tab that was opened last lie. */
let held = new Map<string, Uint8Array<ArrayBuffer>>();

const rehearse = rehearsals(async () => ({
  signer: await createWalletSigner(`0x${'11'.repeat(32)}`),
  shards: new MemoryShardStore(undefined, (held = new Map<string, Uint8Array<ArrayBuffer>>())),
  records: new MemoryRecordStore(),
  custodianStore: new MemoryShardStore(),
}));

describe('storage', () => {
  it('fetches again what was damaged or evicted while the tab was closed', async () => {
    for (const damage of ['corrupt', 'evict'] as const) {
      const rehearsal = await rehearse([2]);
      const { doors, network, dataset } = rehearsal;
      await rehearsal.run({}, { ...doors, prover: { prove: () => Promise.reject(new Error('out of memory')) } });
      const before = network.fetchedContent.length;
      const name = contentKey({ kind: 'shard', id: dataset.list.shards[2].tree });
      if (damage === 'corrupt') held.set(name, new Uint8Array(held.get(name)!.length));
      else held.clear();
      expectOk(await rehearsal.run());
      expect(network.fetchedContent.length).toBe(before + (damage === 'corrupt' ? 1 : 4));
      await expectPaidOnce(rehearsal);
    }
  });

  it('says that there is no room before it downloads, keeps the lease, and goes on when there is', async () => {
    const rehearsal = await rehearse([2]);
    const { doors, artefacts, network } = rehearsal;
    const full = { kind: 'quota', needed: artefacts.provingKeyBytes, available: 3 } as const;
    const room = vi
      .spyOn(doors.shards, 'room')
      .mockImplementation(async (needed) => (needed === full.needed ? { ok: false, failure: full } : { ok: true, value: undefined }));
    expect(await rehearsal.run()).toEqual({ ok: false, failure: full });
    expect(network.fetchedContent.map(({ id }) => id)).not.toContain(artefacts.provingKey);
    room.mockRestore();
    expectOk(await rehearsal.run());
    expect(claimsOf(rehearsal)).toBe(1);
  });

  it('says so when the browser refuses a record, and throws on what is no storage failure', async () => {
    const rehearsal = await rehearse([2]);
    const append = vi.spyOn(rehearsal.doors.records, 'append').mockRejectedValue(new DOMException('full', 'QuotaExceededError'));
    expect(await rehearsal.run()).toEqual({ ok: false, failure: { kind: 'quota', needed: 0, available: 0 } });
    append.mockRejectedValue(new DOMException('private window', 'InvalidStateError'));
    expect(await rehearsal.run()).toEqual({ ok: false, failure: { kind: 'storage-unavailable', detail: 'InvalidStateError: private window' } });
    append.mockRejectedValue(new TypeError('a bug'));
    await expect(rehearsal.run()).rejects.toThrow('a bug');
  });
});
