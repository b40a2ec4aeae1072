/** `prooftab setup` and `prooftab groth16` as a person meets them: plain Node, files, what is printed and the exit code. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { groth16, zKey } from 'snarkjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileCircuit } from '../fixtures/compile-circuit.ts';
import { circomWitness } from '../src/proof/groth16/circom-witness.ts';
import { witnessFile } from '../src/proof/groth16/witness-file.ts';

const command = path.resolve(import.meta.dirname, 'prooftab.js');
const CIRCUIT = `pragma circom 2.1.0;
template Root() {
    signal input x;
    signal output square;
    signal cube;
    square <== x * x;
    cube <== square * x;
    cube === 27;
}
`;

let folder = '';
const file = (name: string) => path.join(folder, name);

function prooftab(...args: readonly string[]): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [command, ...args], { cwd: folder }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}
const json = (name: string): unknown => JSON.parse(readFileSync(file(name), 'utf8'));
const holds = async () =>
  groth16.verify(
    await zKey.exportVerificationKey({ type: 'mem', data: readFileSync(file('root.insecure.zkey')) }),
    json('public.json') as readonly string[],
    json('proof.json') as object,
  );

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'prooftab-groth16-'));
  writeFileSync(file('root.circom'), CIRCUIT);
  const { r1cs, program } = await compileCircuit(file('root.circom'), 'Root()', folder);
  writeFileSync(file('root.r1cs'), r1cs);
  writeFileSync(file('root.wasm'), program);
  const witness = await circomWitness(program, { x: 3 });
  if (!witness.ok) throw new Error(witness.failure.kind);
  writeFileSync(file('root.wtns'), witnessFile(witness.value));
  // Its square is wrong, and so is the cube made of it.
  const wrong = witness.value.slice();
  wrong[32] = 8;
  writeFileSync(file('wrong.wtns'), witnessFile(wrong));
  writeFileSync(file('input.json'), '{"x": "3"}');
  writeFileSync(file('false.json'), '{"x": 4}');
  writeFileSync(file('other.json'), '{"y": 3}');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('prooftab setup', () => {
  it('makes a key that says in its name that it is insecure, and prints so', async () => {
    const ran = await prooftab('setup', 'root.r1cs');
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.stdout).toContain('root.insecure.zkey: a DEVELOPMENT KEY for 2 constraints');
    expect(ran.stdout).toContain('INSECURE');
  });

  it('refuses a name that hides it, and says a better one', async () => {
    const ran = await prooftab('setup', 'root.r1cs', 'root.zkey');
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toContain('root.insecure.zkey');
    expect(existsSync(file('root.zkey'))).toBe(false);
  });

  it('refuses what is no relation, and too few or too many names', async () => {
    expect(await prooftab('setup', 'root.wasm')).toMatchObject({ code: 2, stderr: expect.stringContaining('no relation over BN254') as string });
    expect(await prooftab('setup', 'nowhere.r1cs')).toMatchObject({ code: 2, stderr: expect.stringContaining('nowhere.r1cs') as string });
    expect(await prooftab('setup')).toMatchObject({ code: 2, stderr: expect.stringContaining('Name one .r1cs file') as string });
    expect(await prooftab('setup', 'a', 'b', 'c')).toMatchObject({ code: 2 });
  });
});

describe('prooftab groth16', () => {
  beforeAll(async () => {
    expect((await prooftab('setup', 'root.r1cs')).code).toBe(0);
  });

  it('proves with a witness, in files that snarkjs takes', async () => {
    const ran = await prooftab('groth16', 'prove', 'root.insecure.zkey', 'root.wtns', 'proof.json', 'public.json');
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.stdout).toMatch(/^proof.json: proven and checked in [\d.]+ s, on \d+ threads?, in (doubles|integers)\./);
    expect(json('public.json')).toEqual(['9']);
    expect(await holds()).toBe(true);
  });

  it('proves from inputs by the circuit’s program, and says with --json what it was made with', async () => {
    const ran = await prooftab(
      'groth16',
      'fullprove',
      'input.json',
      'root.wasm',
      'root.insecure.zkey',
      'proof.json',
      'public.json',
      '--threads',
      '1',
      '--json',
    );
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(ran.stdout)).toMatchObject({ threads: 1, sharesMemory: true, forgeable: false });
    expect(await holds()).toBe(true);
  });

  it('refuses a witness that does not satisfy the circuit, names the first constraint with --r1cs, and writes nothing', async () => {
    const wrong = ['groth16', 'prove', 'root.insecure.zkey', 'wrong.wtns', 'no.json', 'no-public.json'];
    expect(await prooftab(...wrong)).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('does not verify') as string });
    const named = await prooftab(...wrong, '--r1cs', 'root.r1cs');
    expect(named).toMatchObject({ code: 1, stdout: '' });
    expect(named.stderr).toMatch(/does not satisfy the circuit: constraint 0 is the first/);
    expect(existsSync(file('no.json'))).toBe(false);
  });

  it('says what is wrong with inputs, files and arguments', async () => {
    const fullprove = (input: string) => prooftab('groth16', 'fullprove', input, 'root.wasm', 'root.insecure.zkey', 'no.json', 'no-public.json');
    expect(await fullprove('false.json')).toMatchObject({ code: 2, stderr: expect.stringContaining('Assert Failed') as string });
    expect(await fullprove('other.json')).toMatchObject({ code: 2, stderr: expect.stringContaining('input signal y') as string });
    expect(await fullprove('root.r1cs')).toMatchObject({ code: 2 });
    const prove = (zkey: string, wtns: string, ...more: readonly string[]) =>
      prooftab('groth16', 'prove', zkey, wtns, 'no.json', 'no-public.json', ...more);
    expect(await prove('root.wtns', 'root.wtns')).toMatchObject({ code: 2, stderr: expect.stringContaining('no proving key') as string });
    expect(await prove('root.insecure.zkey', 'root.r1cs')).toMatchObject({ code: 2, stderr: expect.stringContaining('no witness') as string });
    expect(await prove('nowhere.zkey', 'root.wtns')).toMatchObject({ code: 2, stderr: expect.stringContaining('nowhere.zkey') as string });
    expect(await prove('root.insecure.zkey', 'root.wtns', '--r1cs', 'root.wasm')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no relation') as string,
    });
    expect(await prove('root.insecure.zkey', 'root.wtns', '--threads', 'many')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('whole number') as string,
    });
    expect(await prooftab('groth16', 'verify')).toMatchObject({ code: 2, stderr: expect.stringContaining('four files') as string });
    expect(existsSync(file('no.json'))).toBe(false);
  });
});
