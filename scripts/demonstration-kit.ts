/** What the Try page proves with: the digits model, its circuit for one drawing and a development key, as files of the build named by hash. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { developmentKeys } from '../devnet/development-keys.ts';
import { keysFolder } from '../devnet/network-keys.ts';
import type { KitSource } from '../src/app/demonstration-kit.ts';
import { toHex } from '../src/protocol/bytes.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Rows of a circuit. */
export const ONE_DRAWING = 1;

export interface BuiltKit {
  readonly kit: KitSource;
  readonly files: readonly { readonly fileName: string; readonly bytes: Uint8Array }[];
}

/** Made in some seconds the first time, and read from `.prooftab/keys` after that. */
export async function buildKit(): Promise<BuiltKit> {
  const onnx = new Uint8Array(await readFile(path.join(ROOT, 'fixtures/models/digits.onnx')));
  const { model, circuit, provingKey, verificationKey } = await developmentKeys(onnx, ONE_DRAWING, keysFolder());
  const named = (bytes: Uint8Array, extension: string) => {
    const hash = createHash('sha256').update(bytes).digest('hex');
    return { source: { id: `0x${hash}`, bytes: bytes.length, path: `assets/${hash}.${extension}` } as const, bytes };
  };
  const files = { onnx: named(onnx, 'onnx'), provingKey: named(provingKey, 'insecure.zkey') };
  return {
    kit: {
      model,
      circuit,
      verificationKey: toHex(verificationKey),
      onnx: files.onnx.source,
      provingKey: files.provingKey.source,
    },
    files: Object.values(files).map(({ source, bytes }) => ({ fileName: source.path, bytes })),
  };
}
