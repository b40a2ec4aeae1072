/** `prooftab groth16`: snarkjs's commands, its arguments in its order, on the own prover. */
import { readFile, writeFile } from 'node:fs/promises';
import { groth16Words } from '../messages/en/groth16-words.ts';
import { groth16 } from '../src/proof/groth16/node-groth16.ts';
import { Groth16Error, type Groth16Options, type Groth16Proof } from '../src/proof/groth16/snarkjs-calls.ts';
import { fail, ok, type Result } from '../src/protocol/result.ts';

export interface FileFailure {
  readonly kind: 'unusable' | 'broken';
  readonly words: string;
}

/** What breaks a proof and not a file: exit code 1 instead of 2. */
const BROKEN: ReadonlySet<string> = new Set(['unsatisfied', 'proof-rejected']);

export async function proveFiles(
  [zkey, witness, proof, publics]: readonly string[],
  options: Groth16Options,
): Promise<Result<Groth16Proof, FileFailure>> {
  return written(() => groth16.prove(zkey, witness, null, options), proof, publics);
}

export async function fullProveFiles(
  [input, program, zkey, proof, publics]: readonly string[],
  options: Groth16Options,
): Promise<Result<Groth16Proof, FileFailure>> {
  return written(
    async () => {
      const signals = JSON.parse(await readFile(input, 'utf8')) as Readonly<Record<string, unknown>>;
      return groth16.fullProve(signals, program, zkey, null, null, options);
    },
    proof,
    publics,
  );
}

/** Nothing is written unless there is a proof. */
async function written(proving: () => Promise<Groth16Proof>, proof: string, publics: string): Promise<Result<Groth16Proof, FileFailure>> {
  try {
    const proven = await proving();
    await writeFile(proof, json(proven.proof));
    await writeFile(publics, json(proven.publicSignals));
    return ok(proven);
  } catch (error) {
    if (error instanceof Groth16Error)
      return fail({ kind: BROKEN.has(error.failure.kind) ? 'broken' : 'unusable', words: groth16Words(error.failure) });
    return fail({ kind: 'unusable', words: error instanceof Error ? error.message : String(error) });
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}
