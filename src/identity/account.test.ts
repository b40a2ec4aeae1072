import 'fake-indexeddb/auto';
import { serialize } from 'node:v8';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { publicKeyToAddress } from 'viem/accounts';
import { toHex, utf8 } from '../protocol/bytes.ts';
import { Database } from '../storage/database.ts';
import { IndexedDbRecordStore } from '../storage/indexed-db-record-store.ts';
import { MemoryRecordStore } from '../storage/memory-record-store.ts';
import type { RecordStore } from '../storage/record-store.ts';
import { ACCOUNT_RECORD, openAccount } from './account.ts';
import { signerSuite } from './signer-suite.ts';
import type { Signer } from './signer.ts';

async function opened(records: RecordStore): Promise<Signer> {
  const account = await openAccount(records);
  if (!account.ok) throw new Error(account.failure.kind);
  return account.value;
}

signerSuite('openAccount', () => opened(new MemoryRecordStore()));

describe('the account of a tab', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('is the same after a reload: address, box key, and what the box key opens', async () => {
    const before = await opened(new IndexedDbRecordStore(new Database('account')));
    const after = await opened(new IndexedDbRecordStore(new Database('account')));
    expect(await after.address()).toBe(await before.address());
    expect(await after.boxPublicKey()).toBe(await before.boxPublicKey());
    const other = await crypto.subtle.generateKey({ name: 'X25519' }, true, ['deriveBits']);
    if (!('privateKey' in other)) throw new Error('X25519 makes key pairs');
    const derive = async (signer: Signer) =>
      crypto.subtle.deriveBits({ name: 'X25519', public: other.publicKey }, (await signer.boxKey()).privateKey, 256);
    expect(await derive(after)).toEqual(await derive(before));
  });

  it('never stores its private key where bytes can be read', async () => {
    const sealed: Uint8Array[] = [];
    const encrypt = crypto.subtle.encrypt.bind(crypto.subtle);
    vi.spyOn(crypto.subtle, 'encrypt').mockImplementation((algorithm, key, data) => {
      if (data instanceof Uint8Array) sealed.push(data.slice());
      return encrypt(algorithm, key, data);
    });
    const records = new MemoryRecordStore();
    const written: unknown[] = [];
    const append = records.append.bind(records);
    vi.spyOn(records, 'append').mockImplementation(async (key, value) => {
      written.push(value);
      await append(key, value);
    });
    const account = await opened(records);
    await account.signClaim({
      chainId: 31337,
      market: `0x${'22'.repeat(20)}`,
      task: `0x${'33'.repeat(32)}`,
      unit: 0,
      boxKey: `0x${'44'.repeat(32)}`,
      claimant: await account.address(),
      expires: 9,
    });
    expect([written.length, sealed.length]).toEqual([1, 1]);
    const [kept = new Uint8Array()] = sealed;
    expect(publicKeyToAddress(toHex(secp256k1.getPublicKey(kept, false)))).toBe(await account.address());
    const bytes = storedBytes(written[0]);
    const hex = toHex(kept).slice(2);
    for (const form of [Buffer.from(kept), Buffer.from(utf8(hex)), Buffer.from(kept.slice(0, 16)), Buffer.from(kept.toReversed())])
      expect(bytes.includes(form)).toBe(false);
    expect(bytes.includes(Buffer.from(utf8(await account.address())))).toBe(true);
  });

  it('seals the private key under a key that cannot be exported', async () => {
    const records = new MemoryRecordStore();
    await opened(records);
    const [stored] = (await records.list(ACCOUNT_RECORD)) as { sealing: CryptoKey; box: CryptoKeyPair }[];
    await expect(crypto.subtle.exportKey('raw', stored.sealing)).rejects.toThrow();
    expect(stored.box.privateKey.extractable).toBe(false);
  });

  it('is one account when two tabs make it at once', async () => {
    const records = new MemoryRecordStore();
    const [one, other] = await Promise.all([opened(records), opened(records)]);
    expect(await one.address()).toBe(await other.address());
  });

  it('answers account-unreadable for a record that is damaged or put together from two, and keeps it', async () => {
    const records = new MemoryRecordStore();
    const strangers = new MemoryRecordStore();
    await opened(records);
    await opened(strangers);
    const [mine] = (await records.list(ACCOUNT_RECORD)) as { address: string; sealedSecret: Uint8Array }[];
    const [theirs] = (await strangers.list(ACCOUNT_RECORD)) as { address: string }[];
    const flipped = mine.sealedSecret.slice();
    flipped[0] ^= 1;
    for (const damaged of [{ ...mine, sealedSecret: flipped }, { ...mine, address: theirs.address }, { ...mine, box: undefined }, 'nonsense', null]) {
      const store = new MemoryRecordStore();
      await store.append(ACCOUNT_RECORD, damaged);
      expect(await openAccount(store)).toEqual({ ok: false, failure: { kind: 'account-unreadable' } });
      expect(await store.list(ACCOUNT_RECORD)).toHaveLength(1);
    }
  });
});

/** Everything in a record that structured clone can write out as bytes; a CryptoKey's material is not among it. */
function storedBytes(value: unknown): Buffer {
  if (value instanceof CryptoKey) return Buffer.alloc(0);
  if (value instanceof Uint8Array || typeof value !== 'object' || value === null)
    return Buffer.concat([serialize(value), Buffer.from(value instanceof Uint8Array ? value : String(value))]);
  return Buffer.concat(Object.values(value).map(storedBytes));
}
