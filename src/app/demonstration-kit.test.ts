import { describe, expect, it } from 'vitest';
import type { ModelHead } from '../protocol/heads.ts';
import type { CircuitParts } from '../protocol/circuit.ts';
import { sha256 } from '../protocol/sha256.ts';
import { fail, ok } from '../protocol/result.ts';
import { KitLoader, type Fetch, type KitSource } from './demonstration-kit.ts';

const model = Uint8Array.from({ length: 40 }, (_, i) => i);
const key = Uint8Array.from({ length: 90 }, (_, i) => i ^ 5);
const named = (bytes: Uint8Array, path: string) => ({ id: sha256(bytes), bytes: bytes.length, path });
const source = {
  model: {} as ModelHead,
  circuit: {} as CircuitParts,
  verificationKey: '0x',
  onnx: named(model, 'model'),
  provingKey: named(key, 'key'),
} satisfies KitSource;

/** A host with these files, which counts how often each is asked for. */
function host(files: Readonly<Record<string, Uint8Array<ArrayBuffer> | number>>): { readonly fetch: Fetch; readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    fetch: async (path) => {
      asked.push(path);
      const file = files[path];
      return typeof file === 'number' ? new Response(null, { status: file }) : new Response(file);
    },
  };
}

describe('the kit', () => {
  it('is fetched once, with progress by bytes, and kept', async () => {
    const { fetch, asked } = host({ model, key });
    const loader = new KitLoader(source, fetch);
    const parts: number[] = [];
    expect(await loader.files((part) => parts.push(part))).toEqual(ok({ onnx: model, provingKey: key }));
    expect(parts.at(-1)).toBe(1);
    expect(await loader.onnx()).toEqual(ok(model));
    expect(asked).toEqual(['model', 'key']);
  });

  it('is refused where one bit differs, which is not kept', async () => {
    const altered = Uint8Array.from(key, (byte, i) => (i === 7 ? byte ^ 1 : byte));
    const files: Record<string, Uint8Array<ArrayBuffer>> = { model, key: altered };
    const loader = new KitLoader(source, host(files).fetch);
    const refused = { kind: 'kit-altered', file: 'provingKey', expected: source.provingKey.id, came: sha256(altered) };
    expect(await loader.files(() => undefined)).toEqual(fail(refused));
    files.key = key;
    expect(await loader.files(() => undefined)).toMatchObject({ ok: true });
  });

  it('is refused where a file is cut off, or goes on', async () => {
    for (const other of [model.subarray(0, 39), Uint8Array.of(...model, 0)]) {
      const loader = new KitLoader(source, host({ model: Uint8Array.from(other), key }).fetch);
      expect(await loader.onnx()).toMatchObject({ ok: false, failure: { kind: 'kit-altered', file: 'onnx' } });
    }
  });

  it('says which file did not come, and asks again the next time', async () => {
    const files: Record<string, Uint8Array<ArrayBuffer> | number> = { model, key: 404 };
    const loader = new KitLoader(source, host(files).fetch);
    expect(await loader.files(() => undefined)).toEqual(fail({ kind: 'kit-unreachable', file: 'provingKey' }));
    files.key = key;
    expect(await loader.files(() => undefined)).toMatchObject({ ok: true });
    const offline = new KitLoader(source, () => Promise.reject(new TypeError('Failed to fetch')));
    expect(await offline.onnx()).toEqual(fail({ kind: 'kit-unreachable', file: 'onnx' }));
  });
});
