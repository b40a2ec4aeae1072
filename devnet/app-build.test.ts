import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { sourcesHash } from './app-build.ts';

it('knows a build by what its sources hold and are called, not by when they were written', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'prooftab-sources-'));
  mkdirSync(path.join(root, 'src/ui'), { recursive: true });
  writeFileSync(path.join(root, 'src/ui/a.ts'), 'a');
  writeFileSync(path.join(root, 'index.html'), 'page');
  const first = sourcesHash(root);
  writeFileSync(path.join(root, 'src/ui/a.ts'), 'a');
  writeFileSync(path.join(root, 'README.md'), 'no source');
  writeFileSync(path.join(root, 'src/ui/a.test.ts'), 'a test');
  expect(sourcesHash(root)).toBe(first);
  writeFileSync(path.join(root, 'src/ui/a.ts'), 'b');
  const changed = sourcesHash(root);
  expect(changed).not.toBe(first);
  writeFileSync(path.join(root, 'src/ui/b.ts'), 'b');
  rmSync(path.join(root, 'src/ui/a.ts'));
  expect(sourcesHash(root)).not.toBe(changed);
  rmSync(root, { recursive: true });
});
