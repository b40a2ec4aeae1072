/** The Try page's model and key: named by the build, fetched when first needed, and used only if their bytes have the hash that the build named. */
import type { Kit, KitFiles } from '../job/demonstrate.ts';
import { toHex, type Hex } from '../protocol/bytes.ts';
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

export type KitFailure =
  | { readonly kind: 'kit-unreachable'; readonly file: 'onnx' | 'provingKey' }
  /** Other bytes came than the build named. None of them were used. */
  | { readonly kind: 'kit-altered'; readonly file: 'onnx' | 'provingKey'; readonly expected: Hex; readonly came: Hex };

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
    const { id, bytes, path } = this.#source[file];
    const kept = this.#kept.get(id);
    if (kept) return ok(kept);
    const came = await this.#download(path, bytes, onProgress);
    if (came === null) return fail({ kind: 'kit-unreachable', file });
    const hash = toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', came)));
    if (!sameHex(hash, id)) return fail({ kind: 'kit-altered', file, expected: id, came: hash });
    this.#kept.set(id, came);
    return ok(came);
  }

  async #download(path: string, expected: number, onProgress: (part: number) => void): Promise<Uint8Array<ArrayBuffer> | null> {
    try {
      const response = await this.#fetch(path);
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
      const whole = new Uint8Array(length);
      let at = 0;
      for (const chunk of chunks) {
        whole.set(chunk, at);
        at += chunk.length;
      }
      return whole;
    } catch (thrown) {
      if (thrown instanceof TypeError) return null;
      throw thrown;
    }
  }
}
