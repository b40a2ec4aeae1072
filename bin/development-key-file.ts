/** `prooftab setup`: a development key for a circuit, INSECURE in its name as in its bytes. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { nodeEnvironment } from '../src/proof/bn254/node-threads.ts';
import { developmentSetup } from '../src/proof/groth16/development-setup.ts';
import { readR1cs } from '../src/proof/groth16/r1cs-file.ts';
import { fail, ok, type Result } from '../src/protocol/result.ts';

export type SetupFailure =
  | { readonly kind: 'not-a-relation' }
  | { readonly kind: 'secure-name'; readonly better: string }
  | { readonly kind: 'file'; readonly detail: string };

export interface MadeKey {
  readonly file: string;
  readonly constraints: number;
  readonly seconds: number;
}

export async function makeDevelopmentKey(r1cs: string, named: string | undefined): Promise<Result<MadeKey, SetupFailure>> {
  const { name, dir } = path.parse(r1cs);
  const better = path.join(named === undefined ? dir : path.dirname(named), `${named === undefined ? name : path.parse(named).name}.insecure.zkey`);
  if (named !== undefined && !/insecure/i.test(path.basename(named))) return fail({ kind: 'secure-name', better });
  const started = performance.now();
  try {
    const relation = readR1cs(await readFile(r1cs));
    if (relation === null) return fail({ kind: 'not-a-relation' });
    const file = named ?? better;
    await writeFile(file, await developmentSetup(relation, nodeEnvironment));
    return ok({ file, constraints: relation.constraints, seconds: (performance.now() - started) / 1000 });
  } catch (error) {
    return fail({ kind: 'file', detail: error instanceof Error ? error.message : String(error) });
  }
}
