/** The circuits that provers are compared on, with a key and a witness each, made once and kept. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { heldOutDigits } from '../../fixtures/digits.ts';
import { integerGraph } from '../../src/model/integer-graph.ts';
import { argMax, runGraph } from '../../src/model/run-graph.ts';
import { nodeEnvironment } from '../../src/proof/bn254/node-threads.ts';
import { circomWitness } from '../../src/proof/groth16/circom-witness.ts';
import { developmentSetup } from '../../src/proof/groth16/development-setup.ts';
import { inferCircuit, inferRelation } from '../../src/proof/groth16/infer-circuit.ts';
import { readR1cs } from '../../src/proof/groth16/r1cs-file.ts';
import type { SparseRelation } from '../../src/proof/groth16/relation.ts';
import { WitnessBuilder } from '../../src/proof/groth16/witness-builder.ts';
import { witnessFile, writeWitness } from '../../src/proof/groth16/witness-file.ts';
import { packAnswers } from '../../src/protocol/answers.ts';
import { digestOf, foldOf } from '../../src/protocol/domain.ts';
import { packRow, rowLeaf } from '../../src/protocol/row-leaf.ts';
import { nodeOver } from '../../src/protocol/row-tree.ts';
import { compileCircuit } from '../../fixtures/compile-circuit.ts';
import { identityInput } from './identity-input.ts';

export interface CircuitFiles {
  readonly circuit: string;
  /** The domain has 2^power elements. */
  readonly power: number;
  readonly constraints: number;
  readonly zkey: string;
  readonly wtns: string;
}

interface Made {
  readonly relation: SparseRelation;
  readonly witness: Uint8Array<ArrayBuffer>;
}

interface BenchCircuit {
  readonly circuit: string;
  readonly power: number;
  readonly make: (folder: string) => Promise<Made>;
}

const IDENTITY_DEPTH = 20;

export const CIRCUITS: readonly BenchCircuit[] = [
  ...(
    [
      [12, 16],
      [14, 68],
      [16, 275],
      [18, 1105],
    ] as const
  ).map(([power, length]) => circom('poseidon', power, 'poseidon-chain.circom', `PoseidonChain(${length})`, () => ({ seed: 7 }))),
  // One block takes half of 2^16: there is no smaller chain.
  ...(
    [
      [16, 512],
      [18, 3520],
    ] as const
  ).map(([power, bits]) =>
    circom('sha256', power, 'sha256-chain.circom', `Sha256Chain(${bits})`, () => ({
      message: Array.from({ length: bits }, (_, i) => ((i * i) % 3) % 2),
    })),
  ),
  circom('identity', 14, 'identity.circom', `Identity(${IDENTITY_DEPTH})`, () => identityInput(IDENTITY_DEPTH)),
  ...(
    [
      [14, 1],
      [16, 4],
      [18, 16],
    ] as const
  ).map(([power, rows]): BenchCircuit => ({ circuit: 'digits', power, make: () => Promise.resolve(digits(rows)) })),
];

/** @param folder where keys and witnesses are kept */
export async function circuitFiles({ circuit, power, make }: BenchCircuit, folder: string): Promise<CircuitFiles> {
  const own = path.join(folder, `${circuit}-${power}`);
  const [zkey, wtns, size] = ['key.insecure.zkey', 'witness.wtns', 'constraints.json'].map((name) => path.join(own, name));
  if (!existsSync(size)) {
    await mkdir(own, { recursive: true });
    const { relation, witness } = await make(own);
    await writeFile(wtns, witness);
    await writeFile(zkey, await developmentSetup(relation, nodeEnvironment));
    // Last and at once: it says that the others are whole.
    await writeFile(`${size}.new`, JSON.stringify(relation.constraints));
    await rename(`${size}.new`, size);
  }
  return { circuit, power, constraints: JSON.parse(readFileSync(size, 'utf8')) as number, zkey, wtns };
}

function circom(circuit: string, power: number, file: string, main: string, input: () => Readonly<Record<string, unknown>>): BenchCircuit {
  return {
    circuit,
    power,
    async make(folder) {
      const { r1cs, program } = await compileCircuit(path.join(import.meta.dirname, '../circuits', file), main, folder);
      const relation = readR1cs(r1cs);
      const witness = await circomWitness(program, input());
      if (relation === null || !witness.ok) throw new Error(`${main} cannot be made: ${JSON.stringify(witness)}`);
      return { relation, witness: witnessFile(witness.value) };
    },
  };
}

function digits(count: number): Made {
  const graph = integerGraph(new Uint8Array(readFileSync(path.join(import.meta.dirname, '../../fixtures/models/digits.onnx'))));
  if (!graph.ok) throw new Error(graph.failure.detail);
  const rows = heldOutDigits()
    .slice(0, count)
    .map(({ pixels }) => pixels);
  const salts = rows.map((_, row) => 2n ** 247n + BigInt(row));
  const answers = packAnswers(rows.map((pixels) => argMax(runGraph(graph.value, pixels).at(-1) ?? [])));
  const values = [nodeOver(rows.map((row, i) => rowLeaf(salts[i], packRow(row, 8)))), answers];
  const domain = 2n ** 240n;
  const builder = new WitnessBuilder();
  inferCircuit(builder, graph.value, { domain, digest: digestOf(values), fold: foldOf(values, domain), rows, salts });
  return { relation: inferRelation(graph.value, count), witness: writeWitness(builder.values) };
}
