/** How much script a browser has to fetch of a build, compressed, before a part of it runs: a file with everything that it imports at once. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const STATIC_IMPORT = /(?:\bfrom|\bimport)\s*["'](\.\/[^"']+\.js)["']/g;

export class ScriptSizes {
  readonly #assets: string;
  readonly #names: readonly string[];
  readonly entry: string;

  /** @param folder of a build: its index.html names the entry */
  constructor(folder: string, names: readonly string[]) {
    this.#assets = path.join(folder, 'assets');
    this.#names = names;
    const [, entry] = /<script type="module"[^>]* src="[^"]*assets\/([^"]+)"/.exec(readFileSync(path.join(folder, 'index.html'), 'utf8')) ?? [];
    if (entry === undefined) throw new Error(`${folder}/index.html names no script`);
    this.entry = entry;
  }

  /** The file that the build made of a source of this name: `reader` is `reader-<hash>.js`. */
  named(name: string): string {
    const found = this.#names.filter((file) => file.replace(/-[\w-]{8}\.js$/, '') === name);
    if (found.length !== 1) throw new Error(`the build has ${found.length} files named ${name}`);
    return found[0];
  }

  /** Bytes of gzip of all the files that have to be there before these run. */
  gzip(...files: readonly string[]): number {
    const needed = new Set<string>();
    const waiting = [...files];
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
      if (needed.has(file)) continue;
      needed.add(file);
      for (const [, imported] of readFileSync(path.join(this.#assets, file), 'utf8').matchAll(STATIC_IMPORT)) waiting.push(path.normalize(imported));
    }
    return [...needed].reduce((sum, file) => sum + gzipSync(readFileSync(path.join(this.#assets, file))).length, 0);
  }
}
