import { describe, expect, it } from 'vitest';
import type { BlobId } from '../protocol/ids.ts';
import { sha256 } from '../protocol/sha256.ts';
import { shardId, shardNodes } from '../protocol/shard-tree.ts';
import { Assembly } from './assembly.ts';
import { sampleBytes } from './peer-network-suite.ts';
import { CHUNK } from './wire.ts';

const bytes = sampleBytes(2 * CHUNK + 5000, 1);
const nodes = shardNodes(bytes);
const shard = { kind: 'shard', id: shardId(bytes) } as const;
const blob = { kind: 'blob', id: sha256(bytes) as BlobId } as const;
const chunk = (index: number): Uint8Array => bytes.subarray(index * CHUNK, (index + 1) * CHUNK);

describe('assembly', () => {
  it('puts a shard together from chunks that each match the tree', () => {
    const assembly = new Assembly(shard, bytes.length);
    expect(assembly.begin({ size: bytes.length, nodes })).toBe('accepted');
    for (const index of [0, 1, 2]) expect(assembly.accept(chunk(index))).toBe(true);
    expect(assembly.whole).toBe(true);
    expect(sha256(assembly.finish() ?? new Uint8Array())).toBe(sha256(bytes));
  });

  it('refuses a corrupted chunk at once, keeps what was right, and goes on from there', () => {
    const assembly = new Assembly(shard, bytes.length);
    assembly.begin({ size: bytes.length, nodes });
    assembly.accept(chunk(0));
    const corrupted = Uint8Array.from(chunk(1));
    corrupted[77] = (corrupted[77] ?? 0) ^ 1;
    expect(assembly.accept(corrupted)).toBe(false);
    expect(assembly.received).toBe(CHUNK);
    expect(assembly.accept(chunk(1))).toBe(true);
  });

  it('refuses a right chunk in the wrong place, and one that is too short', () => {
    const assembly = new Assembly(shard, bytes.length);
    assembly.begin({ size: bytes.length, nodes });
    expect(assembly.accept(chunk(1))).toBe(false);
    expect(assembly.accept(chunk(0).subarray(1))).toBe(false);
    expect(assembly.accept(chunk(2))).toBe(false);
  });

  it('takes nothing of a blob but whole chunks in turn, and nothing before or after', () => {
    const assembly = new Assembly(blob, bytes.length);
    expect(assembly.accept(chunk(0))).toBe(false);
    expect(assembly.finish()).toBeNull();
    assembly.begin({ size: bytes.length, nodes: [] });
    expect(assembly.accept(chunk(0).subarray(1))).toBe(false);
    expect(assembly.accept(bytes.subarray(0, CHUNK + 1))).toBe(false);
    for (const index of [0, 1, 2]) expect(assembly.accept(chunk(index))).toBe(true);
    expect(assembly.accept(new Uint8Array())).toBe(false);
  });

  it('gives no shard away before all of it is there', () => {
    const assembly = new Assembly(shard, bytes.length);
    assembly.begin({ size: bytes.length, nodes });
    assembly.accept(chunk(0));
    expect(assembly.finish()).toBeNull();
  });

  it('refuses nodes that do not lead to the shard', () => {
    const swapped = [...nodes].reverse();
    expect(new Assembly(shard, bytes.length).begin({ size: bytes.length, nodes: swapped })).toBe('mismatch');
    expect(new Assembly(shard, bytes.length).begin({ size: bytes.length, nodes: [] })).toBe('mismatch');
    expect(new Assembly(shard, 4 * CHUNK).begin({ size: 4 * CHUNK, nodes })).toBe('mismatch');
  });

  it('takes no memory beyond the limit', () => {
    expect(new Assembly(blob, bytes.length - 1).begin({ size: bytes.length, nodes: [] })).toBe('too-large');
  });

  it('knows a blob only at its end', () => {
    const assembly = new Assembly(blob, bytes.length);
    assembly.begin({ size: bytes.length, nodes: [] });
    for (const index of [0, 1]) assembly.accept(chunk(index));
    expect(assembly.finish()).toBeNull();
    assembly.accept(new Uint8Array(5000));
    expect(assembly.whole).toBe(true);
    expect(assembly.finish()).toBeNull();
  });

  it('asks to start again when a second source names another size', () => {
    const assembly = new Assembly(blob, 10 * CHUNK);
    assembly.begin({ size: bytes.length, nodes: [] });
    assembly.accept(chunk(0));
    expect(assembly.begin({ size: bytes.length + 1, nodes: [] })).toBe('restart');
    expect(assembly.received).toBe(CHUNK);
  });
});
