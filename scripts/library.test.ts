/** The library as other projects get it: plain JavaScript from the ordinary build, in plain Node, by the name that package.json exports. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { groth16 } from 'snarkjs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { nodeEnvironment } from '../src/proof/bn254/node-threads.ts';
import { developmentSetup } from '../src/proof/groth16/development-setup.ts';
import { randomCircuit } from '../src/proof/groth16/random-circuit.ts';
import { writeWitness } from '../src/proof/groth16/witness-file.ts';
import { readZkey } from '../src/proof/groth16/zkey-file.ts';
import { keyToSnarkjs } from '../src/protocol/groth16-key.ts';

const root = path.resolve(import.meta.dirname, '..');
let project = '';

beforeAll(() => {
  project = mkdtempSync(path.join(tmpdir(), 'prooftab-library-'));
  const installed = path.join(project, 'node_modules/prooftab');
  mkdirSync(installed, { recursive: true });
  execFileSync(
    process.execPath,
    [path.join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.library.json', '--outDir', path.join(installed, 'build')],
    {
      cwd: root,
    },
  );
  writeFileSync(path.join(installed, 'package.json'), readFileSync(path.join(root, 'package.json')));
  symlinkSync(path.join(root, 'node_modules'), path.join(installed, 'node_modules'));
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

it('proves in a project that installed it, with nothing but Node', async () => {
  const { relation, witness } = randomCircuit(7);
  const zkey = await developmentSetup(relation, nodeEnvironment);
  writeFileSync(path.join(project, 'circuit.zkey'), zkey);
  writeFileSync(path.join(project, 'witness.wtns'), writeWitness(witness));
  writeFileSync(
    path.join(project, 'prove.mjs'),
    "import { groth16 } from 'prooftab/groth16';\nconsole.log(JSON.stringify(await groth16.prove('circuit.zkey', 'witness.wtns')));\n",
  );
  // It ends by itself: threads that have nothing to do hold no process up.
  const { proof, publicSignals, metadata } = JSON.parse(execFileSync(process.execPath, ['prove.mjs'], { cwd: project, encoding: 'utf8' })) as {
    readonly proof: object;
    readonly publicSignals: readonly string[];
    readonly metadata: object;
  };
  expect(metadata).toMatchObject({ kernel: 'fused', threads: nodeEnvironment.cores, sharesMemory: true });
  expect(publicSignals).toEqual(witness.slice(1, relation.publics + 1).map(String));
  expect(await groth16.verify(keyToSnarkjs(readZkey(zkey)!.verificationKey), publicSignals, proof)).toBe(true);
});
