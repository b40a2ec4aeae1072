/** Development keys on disk: made once for a relation, kept under its hash, checked by hash whenever they are read again. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startFaults } from '../messages/en/terminal.ts';
import { integerGraph } from '../src/model/integer-graph.ts';
import { modelHead } from '../src/model/model-head.ts';
import { nodeEnvironment } from '../src/proof/bn254/node-threads.ts';
import { developmentSetup } from '../src/proof/groth16/development-setup.ts';
import { inferCircuitParts } from '../src/proof/groth16/infer-circuit-parts.ts';
import { inferRelation } from '../src/proof/groth16/infer-circuit.ts';
import { writeR1cs } from '../src/proof/groth16/r1cs-file.ts';
import { verificationKeyOf } from '../src/proof/groth16/verification-key.ts';
import type { Relation } from '../src/proof/groth16/relation.ts';
import type { Hex } from '../src/protocol/bytes.ts';
import type { CircuitParts } from '../src/protocol/circuit.ts';
import { headId, type ModelHead } from '../src/protocol/heads.ts';
import type { ModelId } from '../src/protocol/ids.ts';

export interface DevelopmentKeys {
  readonly model: ModelHead;
  readonly circuit: CircuitParts;
  /** The .r1cs file; its SHA-256 is `circuit.relation`. */
  readonly relation: Uint8Array<ArrayBuffer>;
  /** The .zkey file. */
  readonly provingKey: Uint8Array<ArrayBuffer>;
  /** 704 bytes. */
  readonly verificationKey: Uint8Array<ArrayBuffer>;
  /** Whether the proving key was made now, or read from the cache. */
  readonly isFresh: boolean;
}

/**
 * Compiles the circuit that runs `onnx` on `rows` rows, and finds or makes its proving key.
 * @param folder where keys are kept, one folder a relation: `<folder>/<64 hex digits>/`
 * @param beforeMaking called when there is no usable key and one is about to be made, which takes some seconds
 * @throws when the model is not one that can be proven: a devnet is started with a model that is
 */
export async function developmentKeys(onnx: Uint8Array, rows: number, folder: string, beforeMaking?: () => void): Promise<DevelopmentKeys> {
  const graph = integerGraph(onnx);
  const model = modelHead(onnx);
  if (!graph.ok) throw new Error(graph.failure.detail);
  if (!model.ok) throw new Error(model.failure.detail);
  const structure = inferRelation(graph.value, rows);
  const relation = writeR1cs(structure);
  const relationHash = hashOf(relation);
  const cached = path.join(folder, relationHash.slice(2));
  const kept = await keptKey(cached);
  if (kept === null) beforeMaking?.();
  const provingKey = kept ?? (await makeKey(structure, cached));
  const verificationKey = verificationKeyOf(provingKey);
  if (verificationKey === null) throw new Error(startFaults.noProvingKey(cached));
  const { constraints } = structure;
  const circuit = inferCircuitParts({
    model: headId(model.value) as ModelId,
    graph: graph.value,
    rows,
    constraints,
    relation: relationHash,
    verificationKey,
  });
  return { model: model.value, circuit, relation, provingKey, verificationKey, isFresh: kept === null };
}

/** The key beside its hash; null where either is missing or they disagree, as after a crash or a full disk. */
async function keptKey(folder: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const [key, hash] = await Promise.all([
      readFile(path.join(folder, 'proving.insecure.zkey')),
      readFile(path.join(folder, 'proving.insecure.zkey.sha256'), 'utf8'),
    ]);
    const bytes = new Uint8Array(key.buffer, key.byteOffset, key.byteLength);
    return hashOf(bytes) === hash ? bytes : null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

async function makeKey(relation: Relation, folder: string): Promise<Uint8Array<ArrayBuffer>> {
  const key = await developmentSetup(relation, nodeEnvironment);
  await mkdir(folder, { recursive: true });
  await writeWhole(path.join(folder, 'proving.insecure.zkey'), key);
  await writeWhole(path.join(folder, 'proving.insecure.zkey.sha256'), hashOf(key));
  return key;
}

/** Under another name first: whoever reads meanwhile sees the old file or the new one. */
async function writeWhole(file: string, content: Uint8Array | string): Promise<void> {
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, content);
  await rename(unfinished, file);
}

/** SHA-256 by the platform: ten times as fast on files of this size. */
function hashOf(bytes: Uint8Array): Hex {
  return `0x${createHash('sha256').update(bytes).digest('hex')}`;
}
