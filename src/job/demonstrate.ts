/** A visitor's journey: lock a row of their own, read it, prove the answer. Each result is the next step's argument; nothing is sent. */
import type { ReadingFailure, RowReader } from '../execution/row-reader.ts';
import type { ProofFailure, Prover } from '../proof/prover.ts';
import { packAnswers } from '../protocol/answers.ts';
import { fromHex, toHex, type Hex } from '../protocol/bytes.ts';
import { circuitId, type CircuitParts } from '../protocol/circuit.ts';
import { demonstrationStatement } from '../protocol/demonstration.ts';
import type { DemonstrationProgress } from '../protocol/demonstration-progress.ts';
import { fromBytes, toBytes32 } from '../protocol/field.ts';
import type { Column, ModelHead } from '../protocol/heads.ts';
import { ownRowHead, ownRowInput, ROW_SALT_BYTES } from '../protocol/own-row.ts';
import type { Receipt } from '../protocol/receipt.ts';
import { ok, type Result } from '../protocol/result.ts';

/** What a demonstration is made with: a model, its circuit for one row, and the public part of the circuit's key. */
export interface Kit {
  readonly model: ModelHead;
  readonly circuit: CircuitParts;
  /** 704 bytes. */
  readonly verificationKey: Hex;
}

export interface KitFiles {
  readonly onnx: Uint8Array<ArrayBuffer>;
  readonly provingKey: Uint8Array<ArrayBuffer>;
}

export interface Demonstration {
  readonly receipt: Receipt;
  /** What the receipt does not hold, and is kept in memory: with it the row's fingerprint can be made again. */
  readonly salt: bigint;
  readonly proveSeconds: number;
  readonly threads: number;
  readonly sharesMemory: boolean;
}

export type DemonstrationFailure<Files> = Files | ReadingFailure | ProofFailure;

export interface DemonstrationDoors<Files> {
  readonly reader: RowReader;
  readonly prover: Prover;
  /** Model and proving key, each checked against its hash. */
  readonly files: (onProgress: (part: number) => void) => Promise<Result<KitFiles, Files>>;
}

/**
 * @param row one value of 8 bits a column
 * @returns a receipt that was not yet checked by anyone but the prover
 */
export async function demonstrate<Files>(
  { reader, prover, files }: DemonstrationDoors<Files>,
  { model, circuit, verificationKey }: Kit,
  row: Uint8Array<ArrayBuffer>,
  onProgress: (progress: DemonstrationProgress) => void,
): Promise<Result<Demonstration, DemonstrationFailure<Files>>> {
  onProgress({ step: 'drawing', part: 0 });
  const salt = fromBytes(crypto.getRandomValues(new Uint8Array(ROW_SALT_BYTES)));
  const datasetSalt = toHex(crypto.getRandomValues(new Uint8Array(32)));
  const dataset = ownRowHead({ column: columnOf(model), values: row, salt, datasetSalt });

  onProgress({ step: 'model', part: 0 });
  const loaded = await files((part) => onProgress({ step: 'model', part }));
  if (!loaded.ok) return loaded;
  const { onnx, provingKey } = loaded.value;

  onProgress({ step: 'answer', part: 0 });
  const read = await reader.read(onnx, row);
  if (!read.ok) return read;
  const { answer, outputs } = read.value;
  const statement = demonstrationStatement(circuitId(circuit), dataset, [ownRowInput(dataset), packAnswers([answer])]);

  onProgress({ step: 'proof', part: 0 });
  // The prover's thread takes rows, salts and outputs over, so it is given copies.
  const execution = {
    rows: Uint8Array.from(row),
    rowCount: 1,
    salts: toBytes32(salt),
    outputs,
    answers: [answer],
    engine: 'reference',
    threads: 1,
  } as const;
  const proven = await prover.prove(
    { circuit, statement, execution, onnx, provingKey, verificationKey: fromHex(verificationKey) },
    ({ stage, done, of }) => onProgress(stage === 'check' ? { step: 'check', part: 0 } : { step: 'proof', part: done / of }),
  );
  if (!proven.ok) return proven;
  const { proof, seconds, threads, sharesMemory } = proven.value;
  const material = { circuit, key: verificationKey, dataset, path: { index: 0, siblings: [] }, model };
  return ok({
    receipt: { t: 'prooftab/receipt/1', statement, proof, material, anchors: [] },
    salt,
    proveSeconds: seconds,
    threads,
    sharesMemory,
  });
}

function columnOf({ inputs }: ModelHead): Column {
  const [input] = inputs;
  return { name: input?.name ?? '', bits: input?.bits ?? 8, count: (input?.shape ?? []).reduce((product, extent) => product * extent, 1) };
}
