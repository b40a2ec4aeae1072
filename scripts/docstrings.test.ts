/** Every `@example` of a docstring in src/ is run: `expression // result`, with the module's own names and those it imports in reach. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

interface Example {
  readonly file: string;
  readonly line: number;
  readonly code: string;
}

const root = path.resolve(import.meta.dirname, '..');

function examplesIn(file: string): readonly Example[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const examples: Example[] = [];
  const visit = (node: ts.Node): void => {
    for (const tag of ts.getJSDocTags(node)) {
      if (tag.tagName.text !== 'example' || tag.parent.parent !== node) continue;
      const line = source.getLineAndCharacterOfPosition(tag.getStart()).line + 1;
      examples.push({ file, line, code: (ts.getTextOfJSDocComment(tag.comment) ?? '').replace(/^```\w*$/gm, '').trim() });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return examples;
}

/** What an example may name: the module's exports, and what the module itself imports. */
async function scopeOf(file: string): Promise<Record<string, unknown>> {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const imported = source.statements
    .filter(ts.isImportDeclaration)
    .filter((statement) => statement.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword)
    .map((statement) => (statement.moduleSpecifier as ts.StringLiteral).text)
    .filter((specifier) => !specifier.includes('?'))
    .map((specifier) => (specifier.startsWith('.') ? path.resolve(path.dirname(file), specifier) : specifier));
  const modules = await Promise.all([...imported, path.join(root, 'src/protocol/bytes.ts'), file].map(load));
  return Object.fromEntries(modules.flatMap((module) => Object.entries(module)).filter(([name]) => /^(?!default$)[A-Za-z_$][\w$]*$/.test(name)));
}

async function load(specifier: string): Promise<object> {
  return (await import(/* @vite-ignore */ path.isAbsolute(specifier) ? pathToFileURL(specifier).href : specifier)) as object;
}

const RESULT = /^(?<expression>.*?)\s+\/\/ (?<result>.*)$/;

/** The lines as one program that returns a pair, actual and expected, for each line that states a result. */
function program(code: string, names: readonly string[]): string {
  const lines = code.split('\n').map((line) => {
    const { expression, result } = RESULT.exec(line)?.groups ?? {};
    if (expression === undefined || result === undefined) return line;
    const expected = result.replace(/^Uint8Array \[(.*)\]$/, 'new Uint8Array([$1])');
    return `pairs.push([await (${expression.replace(/;$/, '')}), (${expected})]);`;
  });
  const body = `(async ({ ${names.join(', ')} }) => { const pairs = [];\n${lines.join('\n')}\nreturn pairs; })`;
  return ts.transpileModule(body, { compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext } }).outputText;
}

const files = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/\.(test|svelte|d)\.ts$/.test(file))
  .map((file) => path.join(root, 'src', file));
const examples = files.flatMap(examplesIn);

describe('docstring examples', () => {
  it('are found', () => {
    expect(examples.length).toBeGreaterThan(0);
  });

  it.each(examples.map((example) => ({ name: `${path.relative(root, example.file)}:${example.line}`, ...example })))(
    '$name',
    async ({ file, code }) => {
      const scope = await scopeOf(file);
      const run = vm.runInThisContext(program(code, Object.keys(scope))) as (scope: object) => Promise<readonly (readonly [unknown, unknown])[]>;
      const pairs = await run(scope);
      expect(pairs.length, `the example states no result:\n${code}`).toBeGreaterThan(0);
      for (const [actual, expected] of pairs) expect(actual).toEqual(expected);
    },
  );
});
