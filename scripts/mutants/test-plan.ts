/** Which tests should notice a mutant: the one beside the file first, then those that import it, then those that reach it. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { forgeProgram } from '../testing/forge.ts';
import type { Mutant } from './mutant.ts';

export type TestPlan = readonly { readonly name: string; readonly command: readonly [string, ...string[]] }[];

/** Tests further away than this many imports are not asked: what only they notice, no test is about. */
const REACH = 3;

export class TestPlanner {
  readonly #importers: ReadonlyMap<string, readonly string[]>;

  constructor(root: string, folders: readonly string[]) {
    this.#importers = importersIn(root, folders);
  }

  planFor(mutant: Mutant): TestPlan {
    if (mutant.group === 'contracts') return [{ name: 'forge', command: [forgeProgram(), 'test', '--offline', '--fail-fast'] }];
    const steps = this.#testsByDistance(mutant.file);
    return steps.map((tests) => ({ name: tests.join(', '), command: ['vitest', 'run', '--bail', '1', '--reporter=dot', ...tests] }));
  }

  /** Tests that reach the file, nearest first; the sibling is always its own first step. */
  #testsByDistance(file: string): readonly (readonly string[])[] {
    const sibling = file.replace(/\.ts$/, '.test.ts');
    const steps: string[][] = [];
    const seen = new Set([file]);
    let edge = [file];
    for (let distance = 0; distance < REACH && edge.length > 0; distance++) {
      const next = edge.flatMap((name) => this.#importers.get(name) ?? []).filter((name) => !seen.has(name));
      next.forEach((name) => seen.add(name));
      const tests = [...new Set(next.filter((name) => name.endsWith('.test.ts')))];
      const isBeside = (name: string): boolean => path.dirname(name) === path.dirname(file) && name !== sibling;
      const isFar = (name: string): boolean => name !== sibling && !isBeside(name);
      // Far tests may start a chain or a browser: each on its own, so that a cheap one is asked before a dear one.
      const groups = [
        tests.filter((name) => name === sibling),
        tests.filter(isBeside),
        ...tests
          .filter(isFar)
          .toSorted()
          .toReversed()
          .map((name) => [name]),
      ];
      steps.push(...groups.filter((group) => group.length > 0));
      edge = next.filter((name) => !name.endsWith('.test.ts'));
    }
    return steps;
  }
}

/** An import, or a program of the same folder that a test starts. */
const REACHES = /(?:from|import)\s*\(?\s*'(\.[^']+)'|import\.meta\.dirname, '([^'/]+\.[jt]s)'/g;

/** For each file, the files that import or start it. */
function importersIn(root: string, folders: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const importers = new Map<string, string[]>();
  for (const folder of folders) {
    for (const entry of readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.[jt]s$/.test(entry.name)) continue;
      const file = path.join(entry.parentPath, entry.name);
      for (const [, imported, started] of readFileSync(file, 'utf8').matchAll(REACHES)) {
        const specifier = imported ?? `./${started ?? ''}`;
        const reached = path.relative(root, path.resolve(path.dirname(file), specifier));
        importers.set(reached, [...(importers.get(reached) ?? []), path.relative(root, file)]);
      }
    }
  }
  return importers;
}
