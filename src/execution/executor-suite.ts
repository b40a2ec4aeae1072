/** What every executor promises, run against each implementation: exact integers on the right rows, or a clear refusal. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { heldOutDigits, PIXELS } from '../../fixtures/digits.ts';
import { integerGraph } from '../model/integer-graph.ts';
import { argMax, runGraph } from '../model/run-graph.ts';
import { concatBytes, toHex } from '../protocol/bytes.ts';
import { fromBytes } from '../protocol/field.ts';
import type { TaskId } from '../protocol/ids.ts';
import { shardId } from '../protocol/shard-tree.ts';
import { newBoxKeyPair } from '../protocol/wrapped-key.ts';
import type { Execution, ExecutionProgress, ExecutionRequest, Executor } from './executor.ts';
import { STAGED_KEY, STAGED_ROWS, STAGED_SHARD, stageRequest, stagedSalts } from './staged-request.ts';

const onnx = new Uint8Array(readFileSync(new URL('../../fixtures/models/digits.onnx', import.meta.url)));
/** Read once: the package's files are large. */
const digits = heldOutDigits().slice(0, 60);

export function executorSuite(name: string, engine: Execution['engine'], create: () => Executor): void {
  describe(name, () => {
    it('gives the integers of the graph, the arg-max of each row, and what the witness needs', async () => {
      const { request, rows } = await stage();
      const done = await create().execute(request);
      if (!done.ok) throw new Error(done.failure.kind);
      const read = integerGraph(onnx);
      if (!read.ok) throw new Error(read.failure.detail);
      const logits = rows.map((row) => runGraph(read.value, row).at(-1) ?? new Int32Array());
      expect(done.value.outputs).toEqual(Int32Array.from(logits.flatMap((some) => [...some])));
      expect(done.value.answers).toEqual(logits.map(argMax));
      expect(done.value.rows).toEqual(concatBytes(...rows));
      expect(saltsIn(done.value)).toEqual(stagedSalts());
      expect(done.value).toMatchObject({ rowCount: STAGED_ROWS, engine });
      expect(done.value.threads).toBeGreaterThan(0);
    });

    it('works on one task after another', async () => {
      const executor = create();
      const first = await stage();
      const second = await stage({ from: 40, unit: 6 });
      expect(await executor.execute(first.request)).toMatchObject({ ok: true, value: { rows: concatBytes(...first.rows) } });
      expect(await executor.execute(second.request)).toMatchObject({ ok: true, value: { rows: concatBytes(...second.rows) } });
    });

    it('reports that the shard is open, then each part read up to the last', async () => {
      const seen: ExecutionProgress[] = [];
      await create().execute((await stage()).request, (progress) => seen.push(progress));
      expect(seen[0]).toEqual({ step: 'open', done: 1, of: 1 });
      expect(seen.at(-1)).toEqual({ step: 'read', done: STAGED_ROWS, of: STAGED_ROWS });
    });

    it('refuses a key that was wrapped for another claim, shard or box, or was changed on the way', async () => {
      const { request } = await stage();
      const changed = Uint8Array.from(request.wrappedKey.ct, (byte, i) => (i === 5 ? byte ^ 1 : byte));
      const others: Partial<ExecutionRequest>[] = [
        { task: `0x${'aa'.repeat(32)}` as TaskId },
        { unit: request.unit + 1 },
        { claimant: `0x${'ab'.repeat(20)}` },
        { shard: { ...request.shard, tree: shardId(new Uint8Array([1])) } },
        { boxKey: await newBoxKeyPair() },
        { wrappedKey: { ...request.wrappedKey, ct: changed } },
      ];
      for (const other of others) expect(await create().execute({ ...request, ...other })).toEqual({ ok: false, failure: { kind: 'key-unusable' } });
    });

    it('refuses a wrapped key that is no shard key', async () => {
      const { request } = await stage({ shardKey: new Uint8Array(31) });
      expect(await create().execute(request)).toEqual({ ok: false, failure: { kind: 'key-unusable' } });
    });

    it('refuses a shard that was changed, cut short, or sealed for another place or dataset', async () => {
      const { request } = await stage();
      const flipped = Uint8Array.from(request.sealed, (byte, i) => (i === 100 ? byte ^ 1 : byte));
      const others: Partial<ExecutionRequest>[] = [
        { sealed: flipped },
        { sealed: request.sealed.slice(0, -1) },
        { sealed: new Uint8Array() },
        { shardIndex: STAGED_SHARD + 1 },
        { dataset: { ...request.dataset, salt: toHex(new Uint8Array(32).fill(6)) } },
      ];
      for (const other of others)
        expect(await create().execute({ ...request, ...other })).toEqual({ ok: false, failure: { kind: 'wrong-data', detail: 'seal' } });
    });

    it('refuses rows that are not the ones that the task names, though their seal is whole', async () => {
      const { request } = await stage();
      const other = await stage({ from: 40 });
      expect(await create().execute({ ...other.request, input: request.input })).toEqual({
        ok: false,
        failure: { kind: 'wrong-data', detail: 'node' },
      });
    });

    it('refuses a shard with a row too few, and rows of another width than the model takes', async () => {
      const short = await stage({ rows: STAGED_ROWS - 1 });
      expect(await create().execute(short.request)).toEqual({ ok: false, failure: { kind: 'wrong-data', detail: 'length' } });
      const narrow = await stage({ width: PIXELS - 1 });
      expect(await create().execute(narrow.request)).toEqual({ ok: false, failure: { kind: 'wrong-data', detail: 'length' } });
    });

    it('says that it cannot run a file that is no model, or columns that are not bytes', async () => {
      const { request } = await stage();
      const unsupported = { ok: false, failure: { kind: 'model-unsupported' } };
      expect(await create().execute({ ...request, onnx: new Uint8Array([1, 2, 3]) })).toMatchObject(unsupported);
      const wide = { ...request.dataset, schema: [{ name: 'pixels', bits: 16, count: PIXELS }] };
      expect(await create().execute({ ...request, dataset: wide })).toMatchObject(unsupported);
    });
  });
}

interface Staged {
  readonly request: ExecutionRequest;
  readonly rows: readonly Uint8Array[];
}

/** A unit over real digits from the `from`-th on. */
async function stage({ from = 0, unit = 2, rows: count = STAGED_ROWS, width = PIXELS, shardKey = STAGED_KEY } = {}): Promise<Staged> {
  const rows = digits.slice(from, from + count).map(({ pixels }) => pixels.slice(0, width));
  return { request: await stageRequest({ onnx, rows, unit, shardKey }), rows };
}

function saltsIn({ salts }: Execution): bigint[] {
  return Array.from({ length: salts.length / 32 }, (_, i) => fromBytes(salts.subarray(32 * i, 32 * i + 32)));
}
