import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { packAnswers, unpackAnswers } from './answers.ts';
import { fromHex, toHex, type Hex } from './bytes.ts';
import { SCALAR_ORDER, fromBytes, fromHex32, toHex32 } from './field.ts';
import { inputPath, inputsRoot, verifyInputPath } from './input-tree.ts';
import { poseidon } from './poseidon.ts';
import { packRow, rowLeaf } from './row-leaf.ts';
import { rowSalt } from './row-salts.ts';
import { nodeOver, pathToRoot, rootFrom } from './row-tree.ts';
import { deriveShardKey } from './shard-key.ts';
import { CHUNK_BYTES, shardId, shardNodes, verifyChunk, verifyNodes } from './shard-tree.ts';
import { u32Bytes } from './u32.ts';

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`../../fixtures/vectors/${name}`, import.meta.url), 'utf8'));

describe('Poseidon', () => {
  it('agrees with the vectors', () => {
    for (const { inputs, hash } of read('poseidon.json') as { inputs: Hex[]; hash: Hex }[])
      expect(toHex32(poseidon(inputs.map(fromHex32)))).toBe(hash);
  });

  it('refuses what it could only hash ambiguously', () => {
    expect(() => poseidon([])).toThrow(RangeError);
    expect(() => poseidon(Array.from({ length: 17 }, () => 0n))).toThrow(RangeError);
    expect(() => poseidon([SCALAR_ORDER, 0n])).toThrow('below r');
    expect(() => poseidon([-1n, 0n])).toThrow('below r');
  });
});

describe('rows', () => {
  const vector = read('rows.json') as {
    ownerSecret: Hex;
    datasetSalt: Hex;
    shardKey: Hex;
    salts: Hex[];
    words: Hex[];
    leaves: Hex[];
    node: Hex;
    pathOfLeaf2: Hex[];
  };
  const rows = Array.from({ length: 4 }, (_, row) => Uint8Array.from({ length: 784 }, (_, i) => (i * 13 + row * 101) & 255));

  it('become the leaves, node and path of the vectors', () => {
    const salt = fromHex(vector.datasetSalt);
    const key = deriveShardKey(fromHex(vector.ownerSecret), salt, 5);
    expect(toHex(key)).toBe(vector.shardKey);
    const salts = rows.map((_, i) => rowSalt(key, salt, 20 + i));
    expect(salts.map(toHex32)).toEqual(vector.salts);
    const leaves = rows.map((row, i) => rowLeaf(salts[i], packRow(row, 8)));
    expect(leaves.map(toHex32)).toEqual(vector.leaves);
    expect(toHex32(nodeOver(leaves))).toBe(vector.node);
    expect(pathToRoot(leaves, 2, 2).map(toHex32)).toEqual(vector.pathOfLeaf2);
  });

  it('of equal content have different leaves under different salts', () => {
    expect(rowLeaf(1n, packRow(rows[0], 8))).not.toBe(rowLeaf(2n, packRow(rows[0], 8)));
  });

  it('hold no value outside its width', () => {
    expect(() => packRow([256], 8)).toThrow(RangeError);
    expect(() => packRow([-1], 8)).toThrow(RangeError);
    expect(() => packRow([0.5], 8)).toThrow(RangeError);
    expect(
      packRow(
        Array.from({ length: 32 }, () => 255),
        8,
      ),
    ).toEqual([2n ** 248n - 1n, 255n]);
  });

  it('lead to the root from every index, and from no other', () => {
    const leaves = Array.from({ length: 8 }, (_, i) => BigInt(100 + i));
    const root = nodeOver(leaves);
    leaves.forEach((leaf, index) => {
      const path = pathToRoot(leaves, index, 3);
      expect(rootFrom(leaf, index, path)).toBe(root);
      expect(rootFrom(leaf, index ^ 1, path)).not.toBe(root);
    });
    expect(rootFrom(5n, 2, pathToRoot([1n, 2n, 5n], 2, 2))).toBe(nodeOver([1n, 2n, 5n, 0n]));
  });

  it('refuse a tree of another shape', () => {
    expect(() => nodeOver([])).toThrow(RangeError);
    expect(() => nodeOver([1n, 2n, 3n])).toThrow(RangeError);
    expect(() => pathToRoot([1n, 2n], 2, 1)).toThrow(RangeError);
    expect(() => pathToRoot([1n, 2n], -1, 1)).toThrow(RangeError);
    expect(() => pathToRoot([1n, 2n, 3n], 0, 1)).toThrow(RangeError);
  });
});

describe('the tree over inputs', () => {
  it('agrees with the vectors, and admits no other unit or input', () => {
    for (const { inputs, root, paths } of read('inputs.json') as { inputs: Hex[]; root: Hex; paths: Hex[][] }[]) {
      const values = inputs.map(fromHex32);
      expect(inputsRoot(values)).toBe(root);
      values.forEach((value, unit) => {
        expect(inputPath(values, unit)).toEqual(paths[unit]);
        expect(verifyInputPath(root, unit, value, paths[unit])).toBe(true);
        expect(verifyInputPath(root, unit + 1, value, paths[unit])).toBe(false);
        expect(verifyInputPath(root, unit, value + 1n, paths[unit])).toBe(false);
      });
    }
  });

  it('finds the right path among equal inputs', () => {
    const inputs = [5n, 5n, 5n];
    inputs.forEach((input, unit) => expect(verifyInputPath(inputsRoot(inputs), unit, input, inputPath(inputs, unit))).toBe(true));
  });

  it('is not empty, and holds no unit beyond its end', () => {
    expect(() => inputsRoot([])).toThrow(RangeError);
    expect(() => inputPath([1n], 1)).toThrow(RangeError);
    expect(() => inputPath([1n], -1)).toThrow(RangeError);
    expect(() => inputPath([1n], 0.5)).toThrow(RangeError);
  });
});

describe('the tree over a sealed shard', () => {
  const shardOf = (size: number) => Uint8Array.from({ length: size }, (_, i) => (i * 31 + 7) & 255);

  it('agrees with the vectors at every size', () => {
    for (const { size, nodes, id } of read('shard-tree.json') as { size: number; nodes: Hex[]; id: Hex }[]) {
      expect(shardNodes(shardOf(size))).toEqual(nodes);
      expect(shardId(shardOf(size))).toBe(id);
    }
  });

  it('accepts each chunk in its place and nowhere else', () => {
    const shard = Uint8Array.from({ length: 700_000 }, (_, i) => (i ^ (i >> 8) ^ (i >> 16)) & 255);
    const nodes = shardNodes(shard);
    expect(verifyNodes(shardId(shard), shard.length, nodes)).toBe(true);
    nodes.forEach((_, i) => {
      const chunk = shard.slice(i * CHUNK_BYTES, (i + 1) * CHUNK_BYTES);
      expect(verifyChunk(nodes, i, chunk)).toBe(true);
      expect(verifyChunk(nodes, i + 1, chunk)).toBe(false);
      chunk[chunk.length - 1] ^= 1;
      expect(verifyChunk(nodes, i, chunk)).toBe(false);
    });
    expect(verifyChunk([shardId(shard)], 0, shard)).toBe(false);
  });

  it('refuses nodes of another number or content', () => {
    const shard = Uint8Array.from({ length: 300_000 }, (_, i) => (i ^ (i >> 8) ^ (i >> 16)) & 255);
    const nodes = shardNodes(shard);
    expect(verifyNodes(shardId(shard), shard.length, nodes.slice(1))).toBe(false);
    expect(verifyNodes(shardId(shard), 2 * CHUNK_BYTES + 1, nodes)).toBe(false);
    expect(verifyNodes(shardId(shard), shard.length, [nodes[1], nodes[0]])).toBe(false);
  });
});

describe('small encodings', () => {
  it('packs answers of 4 bits and refuses others', () => {
    expect(unpackAnswers(packAnswers([9, 0, 15, 1]), 4)).toEqual([9, 0, 15, 1]);
    expect(() => packAnswers([16])).toThrow(RangeError);
    expect(() => packAnswers([-1])).toThrow(RangeError);
    expect(() => packAnswers([1.5])).toThrow(RangeError);
    expect(() => packAnswers(Array.from({ length: 63 }, () => 1))).toThrow('at most 62');
  });

  it('writes 32-bit and 32-byte integers, and refuses larger ones', () => {
    expect(toHex(u32Bytes(258))).toBe('0x00000102');
    for (const bad of [-1, 2 ** 32, 0.5]) expect(() => u32Bytes(bad)).toThrow(RangeError);
    for (const bad of [-1n, 2n ** 256n]) expect(() => toHex32(bad)).toThrow(RangeError);
    expect(() => fromHex32('0x01')).toThrow(RangeError);
    expect(() => fromHex('0x0')).toThrow('not hexadecimal');
    expect(fromBytes(new Uint8Array())).toBe(0n);
  });
});
