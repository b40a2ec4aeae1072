/** Compiles circom to a relation and a witness program, with circom's own compiler as WebAssembly. */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';

export interface CompiledCircuit {
  readonly r1cs: Uint8Array<ArrayBuffer>;
  readonly program: Uint8Array<ArrayBuffer>;
}

const { resolve } = createRequire(import.meta.url);

/**
 * @param main for instance `PoseidonChain(16)`, from the file that is named
 * @param folder where it works: the compiler sees only files below
 */
export async function compileCircuit(file: string, main: string, folder: string): Promise<CompiledCircuit> {
  await mkdir(folder, { recursive: true });
  const work = await mkdtemp(path.join(folder, 'compile-'));
  try {
    await cp(path.join(path.dirname(resolve('circomlib/package.json')), 'circuits'), path.join(work, 'circomlib'), { recursive: true });
    await cp(file, path.join(work, path.basename(file)));
    await writeFile(path.join(work, 'main.circom'), `pragma circom 2.1.0;\ninclude "${path.basename(file)}";\ncomponent main = ${main};\n`);
    const compiler = path.join(path.dirname(resolve('circom2/package.json')), 'cli.js');
    await promisify(execFile)(process.execPath, [compiler, 'main.circom', '--r1cs', '--wasm', '--O2', '-l', 'circomlib'], {
      cwd: work,
      maxBuffer: 1 << 26,
    });
    const [r1cs, program] = await Promise.all([readFile(path.join(work, 'main.r1cs')), readFile(path.join(work, 'main_js/main.wasm'))]);
    return { r1cs: Uint8Array.from(r1cs), program: Uint8Array.from(program) };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
