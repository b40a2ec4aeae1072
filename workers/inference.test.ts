import { readFileSync } from 'node:fs';
import { proxy, wrap } from 'comlink';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { heldOutDigits } from '../fixtures/digits.ts';
import { concatBytes } from '../src/protocol/bytes.ts';
import type { Execution, Executor } from '../src/execution/executor.ts';
import { STAGED_ROWS, stageRequest } from '../src/execution/staged-request.ts';

const onnx = new Uint8Array(readFileSync(new URL('../fixtures/models/digits.onnx', import.meta.url)));
const rows = heldOutDigits()
  .slice(0, STAGED_ROWS)
  .map(({ pixels }) => pixels);

/** What the thread handed to its port, as the thread itself still holds it. */
const kept: { readonly value?: { readonly value?: Execution } }[] = [];
const { port1: page, port2: thread } = new MessageChannel();

describe('the inference thread', () => {
  beforeAll(async () => {
    vi.stubGlobal('self', { name: '' });
    vi.stubGlobal('addEventListener', thread.addEventListener.bind(thread));
    vi.stubGlobal('postMessage', (message: object, moved: Transferable[]) => {
      thread.postMessage(message, moved);
      kept.push(message);
    });
    thread.start();
    await import('./inference.ts');
  });

  afterAll(() => {
    page.close();
    vi.unstubAllGlobals();
  });

  it('moves rows, salts and outputs to whoever asked, and keeps none', async () => {
    const done = await wrap<Executor>(page).execute(await stageRequest({ onnx, rows }), proxy(vi.fn()));
    if (!done.ok) throw new Error(done.failure.kind);
    expect(done.value.rows).toEqual(concatBytes(...rows));
    expect(done.value.salts).toHaveLength(32 * STAGED_ROWS);
    expect(done.value.outputs).toHaveLength(10 * STAGED_ROWS);
    const left = kept.flatMap(({ value }) => (value?.value ? [value.value] : []));
    expect(left.map(({ rows, salts, outputs }) => [rows.length, salts.length, outputs.length])).toEqual([[0, 0, 0]]);
  });
});
