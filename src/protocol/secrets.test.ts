import { DhkemP256HkdfSha256, DhkemX25519HkdfSha256, type KemInterface } from '@hpke/core';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { fromHex, toHex, type Hex } from './bytes.ts';
import type { ShardId, TaskId } from './ids.ts';
import { openShard, sealShard } from './sealed-shard.ts';
import { deriveShardKey } from './shard-key.ts';
import { boxKeyHash, newBoxKeyPair, openWrappedKey, wrapShardKey, type KeyContext } from './wrapped-key.ts';

const salt = new Uint8Array(32).fill(2);
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`../../fixtures/vectors/${name}`, import.meta.url), 'utf8'));
const rows = Uint8Array.from({ length: 3136 }, (_, i) => i & 255);

describe('a sealed shard', () => {
  let key: Uint8Array<ArrayBuffer>;
  let sealed: Uint8Array<ArrayBuffer>;
  beforeAll(async () => {
    key = deriveShardKey(new Uint8Array(32).fill(1), salt, 5);
    sealed = await sealShard(key, rows, salt, 5);
  });

  it('opens with its key, dataset and index', async () => {
    expect(await openShard(key, sealed, salt, 5)).toEqual({ ok: true, value: rows });
  });

  it('opens as the vector says', async () => {
    const vector = read('sealed-shard.json') as { key: Hex; datasetSalt: Hex; index: number; rows: Hex; sealed: Hex };
    expect(await openShard(fromHex(vector.key), fromHex(vector.sealed), fromHex(vector.datasetSalt), vector.index)).toEqual({
      ok: true,
      value: fromHex(vector.rows),
    });
  });

  it('stays shut for another index, dataset or key, and when any part of it was changed', async () => {
    const broken = { ok: false, failure: { kind: 'seal-broken' } };
    expect(await openShard(key, sealed, salt, 6)).toEqual(broken);
    expect(await openShard(key, sealed, new Uint8Array(32), 5)).toEqual(broken);
    expect(await openShard(deriveShardKey(new Uint8Array(32).fill(1), salt, 6), sealed, salt, 5)).toEqual(broken);
    for (const position of [0, 12, sealed.length - 1]) {
      const changed = sealed.slice();
      changed[position] ^= 1;
      expect(await openShard(key, changed, salt, 5)).toEqual(broken);
    }
    expect(await openShard(key, new Uint8Array(5), salt, 5)).toEqual(broken);
  });

  it('shows nothing of its rows, and never looks the same twice', async () => {
    expect(toHex(sealed)).not.toContain(toHex(rows.subarray(0, 16)).slice(2));
    expect(toHex(await sealShard(key, rows, salt, 5))).not.toBe(toHex(sealed));
  });
});

interface Curve {
  readonly curve: string;
  readonly publicBytes: number;
  readonly missing: () => void;
  readonly kem: KemInterface;
  readonly vector: string;
}

/** As a browser does that has never heard of the curve. */
function withoutX25519(): void {
  const generateKey = crypto.subtle.generateKey.bind(crypto.subtle) as (algorithm: unknown, ...rest: readonly unknown[]) => Promise<CryptoKeyPair>;
  vi.spyOn(crypto.subtle, 'generateKey').mockImplementation(async (algorithm: unknown, ...rest: readonly unknown[]) => {
    if ((algorithm as { readonly name: string }).name === 'X25519') throw new DOMException('Unrecognized name.', 'NotSupportedError');
    return generateKey(algorithm, ...rest);
  });
}

const CURVES: readonly Curve[] = [
  { curve: 'X25519', publicBytes: 32, missing: () => undefined, kem: new DhkemX25519HkdfSha256(), vector: 'wrapped-key.json' },
  {
    curve: 'P-256, where X25519 is missing',
    publicBytes: 65,
    missing: withoutX25519,
    kem: new DhkemP256HkdfSha256(),
    vector: 'wrapped-key-p256.json',
  },
];

describe.each(CURVES)('a shard key wrapped on $curve', ({ publicBytes, missing, kem, vector }) => {
  const shardKey = new Uint8Array(32).fill(9);
  const context: KeyContext = {
    task: `0x${'11'.repeat(32)}` as TaskId,
    unit: 3,
    claimant: `0x${'22'.repeat(20)}`,
    shard: `0x${'33'.repeat(32)}` as ShardId,
  };
  let keyPair: CryptoKeyPair;
  let raw: Uint8Array<ArrayBuffer>;
  beforeAll(async () => {
    missing();
    keyPair = await newBoxKeyPair();
    vi.restoreAllMocks();
    raw = new Uint8Array(await crypto.subtle.exportKey('raw', keyPair.publicKey));
  });

  it('opens for its claim, from a key that cannot be exported', async () => {
    const wrapped = await wrapShardKey({ ...context, shardKey, boxKey: raw });
    expect([wrapped.enc.length, wrapped.ct.length]).toEqual([publicBytes, 48]);
    expect(await openWrappedKey({ ...context, wrapped, keyPair })).toEqual({ ok: true, value: shardKey });
    await expect(crypto.subtle.exportKey('pkcs8', keyPair.privateKey)).rejects.toThrow();
  });

  it('opens as the vector says', async () => {
    const {
      boxSecret,
      boxPublic,
      boxKey,
      enc,
      ct,
      shardKey: expected,
      ...claim
    } = read(vector) as KeyContext & Record<'boxSecret' | 'boxPublic' | 'boxKey' | 'enc' | 'ct' | 'shardKey', Hex>;
    const pair = {
      privateKey: await kem.importKey('raw', fromHex(boxSecret).buffer, false),
      publicKey: await kem.importKey('raw', fromHex(boxPublic).buffer, true),
    };
    expect(await openWrappedKey({ ...claim, wrapped: { enc: fromHex(enc), ct: fromHex(ct) }, keyPair: pair })).toEqual({
      ok: true,
      value: fromHex(expected),
    });
    expect(boxKeyHash(fromHex(boxPublic))).toBe(boxKey);
  });

  it('is refused when what it holds is no shard key', async () => {
    const wrapped = await wrapShardKey({ ...context, shardKey: new Uint8Array(31), boxKey: raw });
    expect(await openWrappedKey({ ...context, wrapped, keyPair })).toEqual({ ok: false, failure: { kind: 'key-unusable' } });
  });

  it('opens for no other task, unit, claimant, shard or key', async () => {
    const wrapped = await wrapShardKey({ ...context, shardKey, boxKey: raw });
    const unusable = { ok: false, failure: { kind: 'key-unusable' } };
    const other = (length: number): Hex => `0x${'44'.repeat(length)}`;
    const changes: Partial<KeyContext>[] = [{ task: other(32) as TaskId }, { unit: 4 }, { claimant: other(20) }, { shard: other(32) as ShardId }];
    for (const change of changes) expect(await openWrappedKey({ ...context, ...change, wrapped, keyPair })).toEqual(unusable);
    expect(await openWrappedKey({ ...context, wrapped, keyPair: await newBoxKeyPair() })).toEqual(unusable);
  });

  it('is made for no point that is not on the curve', async () => {
    await expect(wrapShardKey({ ...context, shardKey, boxKey: new Uint8Array(publicBytes) })).rejects.toThrow();
  });

  it('is made for a key that the chain knows by its hash', () => {
    expect(boxKeyHash(raw)).toMatch(/^0x[0-9a-f]{64}$/);
    expect(boxKeyHash(raw)).not.toBe(boxKeyHash(raw.map((byte) => byte ^ 1)));
  });
});

it('a browser that has X25519 and fails at it is not given another curve', async () => {
  vi.spyOn(crypto.subtle, 'generateKey').mockRejectedValueOnce(new DOMException('out of memory', 'OperationError'));
  await expect(newBoxKeyPair()).rejects.toThrow('out of memory');
});
