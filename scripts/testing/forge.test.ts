/** A test command is only as honest as the exit code it hears. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { forgeProgram } from './forge.ts';

it('forge answers with an exit code that says how it went', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'prooftab-forge-'));
  expect(spawnSync(forgeProgram(), ['--version'], { cwd: folder }).status).toBe(0);
  expect(spawnSync(forgeProgram(), ['no-such-command'], { cwd: folder }).status).not.toBe(0);
  rmSync(folder, { recursive: true });
});
