/** The Try page's model and key: named by the build, fetched when first needed, and used only if their bytes have the hash that the build named. */
import type { Kit, KitFiles } from '../job/demonstrate.ts';
import { concatBytes, toHex, type Hex } from '../protocol/bytes.ts';
import { sameHex } from '../protocol/same-hex.ts';
import { fail, ok, type Result } from '../protocol/result.ts';

export interface KitFile {
  /** SHA-256. */
  readonly id: Hex;
  readonly bytes: number;
  /** Under the app's own address. */
  readonly path: string;
}

export interface KitSource extends Kit {
  readonly onnx: KitFile;
  readonly provingKey: KitFile;
}

type FileFailure =
  | { readonly kind: 'kit-unreachable' }
  /** Other bytes came than the build named. None of them were used. */
  | { readonly kind: 'kit-altered'; readonly expected: Hex; readonly came: Hex };

export type KitFailure = FileFailure & { readonly file: 'onnx' | 'provingKey' };

/** How bytes are fetched: the browser's `fetch`, or a test's. */
export type Fetch = (path: string) => Promise<Response>;

export class KitLoader {
  readonly #source: KitSource;
  readonly #fetch: Fetch;
  readonly #kept = new Map<Hex, Uint8Array<ArrayBuffer>>();

  constructor(source: KitSource, fetchFile: Fetch) {
    this.#source = source;
    this.#fetch = fetchFile;
  }

  /** The model alone, for an answer. */
  onnx(): Promise<Result<Uint8Array<ArrayBuffer>, KitFailure>> {
    return this.#file('onnx', () => undefined);
  }

  /** @param onProgress 0 to 1, by bytes */
  async files(onProgress: (part: number) => void): Promise<Result<KitFiles, KitFailure>> {
    const [onnx, provingKey] = [await this.onnx(), await this.#file('provingKey', onProgress)];
    if (!onnx.ok) return onnx;
    return provingKey.ok ? ok({ onnx: onnx.value, provingKey: provingKey.value }) : provingKey;
  }

  async #file(file: 'onnx' | 'provingKey', onProgress: (part: number) => void): Promise<Result<Uint8Array<ArrayBuffer>, KitFailure>> {
    const { id } = this.#source[file];
    const kept = this.#kept.get(id);
    if (kept) return ok(kept);
    const came = await fetchKitFile(this.#source[file], this.#fetch, onProgress);
    if (!came.ok) return fail({ ...came.failure, file });
    this.#kept.set(id, came.value);
    return came;
  }
}

/** @param onProgress 0 to 1, by bytes */
export async function fetchKitFile(
  { id, bytes, path }: KitFile,
  fetchFile: Fetch,
  onProgress: (part: number) => void = () => undefined,
): Promise<Result<Uint8Array<ArrayBuffer>, FileFailure>> {
  const came = await download(path, bytes, fetchFile, onProgress);
  if (came === null) return fail({ kind: 'kit-unreachable' });
  const hash = toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', came)));
  return sameHex(hash, id) ? ok(came) : fail({ kind: 'kit-altered', expected: id, came: hash });
}

async function download(
  path: string,
  expected: number,
  fetchFile: Fetch,
  onProgress: (part: number) => void,
): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const response = await fetchFile(path);
    if (!response.ok || !response.body) return null;
    const chunks: Uint8Array[] = [];
    let length = 0;
    for (const reader = response.body.getReader(); ;) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value);
      length += value.length;
      // A file that goes on beyond its size is another one: no more of it is taken than shows that.
      if (length > expected) break;
      onProgress(length / expected);
    }
    return concatBytes(...chunks);
  } catch (thrown) {
    if (thrown instanceof TypeError) return null;
    throw thrown;
  }
}
