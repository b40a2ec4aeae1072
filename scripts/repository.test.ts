/** What must hold of every committed file: no path of some machine, no word about how it came to be, and links that lead somewhere. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
/** What git ignores, or keeps for itself. */
const IGNORED = new Set([
  '.git',
  'node_modules',
  'dist',
  'dist-demo',
  'build',
  '.prooftab',
  'test-results',
  'playwright-report',
  'coverage',
  'cache',
  'out',
  '.svelte-kit',
]);
const files = filesUnder('');
const texts = files
  .filter((file) => /\.(ts|js|cjs|mjs|svelte|sol|md|json|html|css|yml|toml|txt|circom)$|^\.ci\/|^\.npmrc$/.test(file) && file !== 'package-lock.json')
  .map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') }));

function filesUnder(folder: string): readonly string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => !IGNORED.has(entry.name))
    .flatMap((entry) => (entry.isDirectory() ? filesUnder(path.join(folder, entry.name)) : [path.join(folder, entry.name)]));
}

/** Spelled in halves, so that this file does not break its own rule. */
const FORBIDDEN = [
  ['path of some machine', new RegExp(['/(work|ho', 'me|Users|root)/[a-z]'].join(''))],
  ['note for later', new RegExp(['\\b(TO', 'DO|FIX', 'ME|XX', 'X)\\b'].join(''))],
  ['muted check', new RegExp(['eslint-', 'disable|@ts-(ig', 'nore|expect-error|nocheck)'].join(''))],
  ['test that is left out', new RegExp(['\\b(it|test|describe)\\.(sk', 'ip|on', 'ly|to', 'do)\\b'].join(''))],
  ['cast to any', new RegExp(['\\bas a', 'ny\\b'].join(''))],
  ['author', new RegExp(['\\b(chat', 'gpt|open', 'ai|anth', 'ropic|clau', 'de|copi', 'lot|language mo', 'del)\\b'].join(''), 'i')],
] as const;

describe('every committed text', () => {
  it('is looked at', () => {
    expect(texts.length).toBeGreaterThan(100);
  });

  it.each(FORBIDDEN)('holds no %s', (_name, pattern) => {
    const found = texts.flatMap(({ file, text }) =>
      text.split('\n').flatMap((line, i) => (pattern.test(line) ? [`${file}:${i + 1}: ${line.trim().slice(0, 120)}`] : [])),
    );
    expect(found).toEqual([]);
  });
});

describe('documents', () => {
  const documents = texts.filter(({ file }) => file.endsWith('.md'));

  it.each(documents.map(({ file, text }) => [file, text] as const))('%s links to files that exist', (file, text) => {
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target = '']) => target.split('#')[0] ?? '')
      .filter((target) => target !== '' && !/^[a-z]+:/.test(target));
    const broken = links.filter((target) => !existsSync(path.resolve(root, path.dirname(file), target)));
    expect(broken).toEqual([]);
  });

  it.each(documents.map(({ file, text }) => [file, text] as const))('%s names files that exist', (_file, text) => {
    const named = [...text.matchAll(/`((?:src|contracts|devnet|e2e|scripts|bin|messages|workers|fixtures)\/[\w./-]*\.[a-z.]+)`/g)].map(
      ([, name = '']) => name,
    );
    expect(named.filter((name) => !existsSync(path.join(root, name)))).toEqual([]);
  });

  it('have the decisions numbered without gaps', () => {
    const numbers = files.filter((file) => file.startsWith('docs/decisions/')).map((file) => Number(path.basename(file).slice(0, 4)));
    expect(numbers.toSorted((a, b) => a - b)).toEqual(numbers.map((_, i) => i + 1));
  });
});

describe('the licence', () => {
  const { dependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
  const rows = [...readFileSync(path.join(root, 'README.md'), 'utf8').matchAll(/^\| ([^|]+) \| ([^|]+) \|$/gm)].map(
    ([, names = '', licence = '']) => ({
      names: names.replace(/ \(.*\)/, '').split(', '),
      licence,
    }),
  );
  const statedFor = (name: string) =>
    rows.find(({ names }) => names.includes(name))?.licence ?? rows.find(({ names }) => names.includes(`${name.split('/')[0]}/*`))?.licence;

  it.each(Object.keys(dependencies))('of %s is stated in the README as the package states it', (name) => {
    const { license } = JSON.parse(readFileSync(path.join(root, 'node_modules', name, 'package.json'), 'utf8')) as { license: string };
    expect(statedFor(name)).toBe(license);
  });

  it('is the one that package.json names, in full', () => {
    expect(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))).toMatchObject({ license: 'GPL-3.0-or-later' });
    const licence = readFileSync(path.join(root, 'LICENSE'), 'utf8');
    expect(licence).toContain('GNU GENERAL PUBLIC LICENSE');
    expect(licence).toContain('END OF TERMS AND CONDITIONS');
  });
});
