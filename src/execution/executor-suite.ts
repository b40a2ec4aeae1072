/** What every executor must do, whatever it runs on: exact integers for the rows that a task names, and a refusal for all others. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { heldOutDigits, PIXELS } from '../../fixtures/digits.ts';
import { integerGraph } from '../model/integer-graph.ts';
import { argMax, runGraph } from '../model/run-graph.ts';
import { concatBytes, toHex } from '../protocol/bytes.ts';
import { fromBytes, toHex32 } from '../protocol/field.ts';
import type { DatasetHead } from '../protocol/heads.ts';
import type { BlobId, TaskId } from '../protocol/ids.ts';
import { packRow, rowLeaf } from '../protocol/row-leaf.ts';
import { rowSalt } from '../protocol/row-salts.ts';
import { nodeOver } from '../protocol/row-tree.ts';
import { sealShard } from '../protocol/sealed-shard.ts';
import { deriveShardKey } from '../protocol/shard-key.ts';
import { shardId } from '../protocol/shard-tree.ts';
import { newBoxKeyPair, wrapShardKey } from '../protocol/wrapped-key.ts';
import type { ExecutionProgress, ExecutionRequest, Executor } from './executor.ts';

const ROWS = 4;
const INDEX = 3;
const salt = new Uint8Array(32).fill(2);
const onnx = new Uint8Array(readFileSync(new URL('../../fixtures/models/digits.onnx', import.meta.url)));

const dataset: DatasetHead = {
  t: 'prooftab/dataset/1',
  schema: [{ name: 'pixels', bits: 8, count: PIXELS }],
  salt: toHex(salt),
  rows: 256,
  depth: 8,
  shardRows: ROWS,
  root: toHex32(1n),
  root2: '0x',
  shards: toHex32(2n) as BlobId,
  owner: `0x${'c3'.repeat(20)}`,
};

/** A live claim on four held-out digits, as a custodian would answer it. */
async function honestRequest(): Promise<ExecutionRequest> {
  const digits = heldOutDigits().slice(0, ROWS);
  const rows = concatBytes(...digits.map(({ pixels }) => pixels));
  const shardKey = await deriveShardKey(new Uint8Array(32).fill(1), salt, INDEX);
  const sealed = await sealShard(shardKey, rows, salt, INDEX);
  const leaves = digits.map(({ pixels }, i) => rowLeaf(rowSalt(shardKey, salt, INDEX * ROWS + i), packRow(pixels, 8)));
  const boxKey = await newBoxKeyPair();
  const claim = { task: toHex32(9n) as TaskId, unit: 1, claimant: `0x${'22'.repeat(20)}` } as const;
  const shard = { tree: shardId(sealed), bytes: sealed.length };
  const wrappedKey = await wrapShardKey({ ...claim, shard: shard.tree, shardKey, boxKey: new Uint8Array(await crypto.subtle.exportKey('raw', boxKey.publicKey)) });
  return { onnx, dataset, shard, shardIndex: INDEX, sealed, input: toHex32(nodeOver(leaves)), wrappedKey, boxKey, ...claim };
}

export function executorSuite(name: string, create: () => Executor): void {
  describe(name, () => {
    let request: ExecutionRequest;
    beforeAll(async () => (request = await honestRequest()));

    it('gives the integers of the graph, the answers, and what the witness is made of', async () => {
      const steps: ExecutionProgress['step'][] = [];
      const executed = await create().execute(request, ({ step }) => steps.push(step));
      if (!executed.ok) throw new Error(JSON.stringify(executed.failure));
      const graph = integerGraph(onnx);
      if (!graph.ok) throw new Error(graph.failure.detail);
      const logits = heldOutDigits().slice(0, ROWS).map(({ pixels }) => [...(runGraph(graph.value, pixels).at(-1) ?? [])]);
      expect([...executed.value.outputs]).toEqual(logits.flat());
      expect(executed.value.answers).toEqual(logits.map(argMax));
      expect(steps).toEqual(expect.arrayContaining(['open', 'read']));
      const leaves = Array.from({ length: ROWS }, (_, row) =>
        rowLeaf(fromBytes(executed.value.salts.subarray(32 * row, 32 * row + 32)), packRow(executed.value.rows.subarray(PIXELS * row, PIXELS * (row + 1)), 8)),
      );
      expect(toHex32(nodeOver(leaves))).toBe(request.input);
    });

    it('does not open a key that was wrapped for another claim', async () => {
      expect(await create().execute({ ...request, unit: 2 })).toEqual({ ok: false, failure: { kind: 'key-unusable' } });
    });

    it('does not work on a shard whose seal is broken, or that stands at another index', async () => {
      const sealed = request.sealed.slice();
      sealed[100]! ^= 1;
      const broken = { ok: false, failure: { kind: 'wrong-data', detail: 'seal' } };
      expect(await create().execute({ ...request, sealed })).toEqual(broken);
      expect(await create().execute({ ...request, shardIndex: INDEX + 1 })).toEqual(broken);
    });

    it('does not work on rows that are not under the node which the task names', async () => {
      expect(await create().execute({ ...request, input: toHex32(5n) })).toEqual({ ok: false, failure: { kind: 'wrong-data', detail: 'node' } });
    });

    it('does not work on a shard of another size, or on columns it cannot read', async () => {
      expect(await create().execute({ ...request, dataset: { ...dataset, shardRows: 2 } })).toEqual({ ok: false, failure: { kind: 'wrong-data', detail: 'length' } });
      expect(await create().execute({ ...request, dataset: { ...dataset, schema: [{ name: 'pixels', bits: 16, count: PIXELS }] } })).toMatchObject({
        ok: false,
        failure: { kind: 'model-unsupported' },
      });
    });

    it('says so when the file is no model', async () => {
      expect(await create().execute({ ...request, onnx: new Uint8Array([1, 2, 3]) })).toMatchObject({ ok: false, failure: { kind: 'model-unsupported' } });
    });
  });
}
