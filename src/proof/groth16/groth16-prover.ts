/** The proof door by Groth16: witness, then the proof, which is checked with the circuit's own key before it is handed out. */
import { integerGraph, type IntegerGraph } from '../../model/integer-graph.ts';
import { answersFit } from '../../protocol/answers.ts';
import { GROTH16_BN254, INFER_VALUES, KIND_INFER } from '../../protocol/circuit.ts';
import { equalBytes, type Hex } from '../../protocol/bytes.ts';
import { publicSignals } from '../../protocol/domain.ts';
import { fromBytes, isScalar } from '../../protocol/field.ts';
import { parseKey } from '../../protocol/groth16-key.ts';
import { proofToBytes } from '../../protocol/groth16-proof.ts';
import type { Statement } from '../../protocol/receipt.ts';
import { fail, ok, type Result } from '../../protocol/result.ts';
import { sha256 } from '../../protocol/sha256.ts';
import type { Execution } from '../../execution/executor.ts';
import type { ProofFailure, ProofProgress, ProofRequest, Proven, Prover } from '../prover.ts';
import type { ProverEnvironment } from '../bn254/kernel-threads.ts';
import { bytesSource } from './byte-source.ts';
import { signed } from '../../protocol/field-arithmetic.ts';
import { inferCircuit, type InferInputs, type InferOutcome } from './infer-circuit.ts';
import { openProver, type OpenProver } from './open-prover.ts';
import { verificationKeyOf } from './verification-key.ts';
import { WitnessBuilder } from './witness-builder.ts';
import { witnessBytes } from './witness-file.ts';

/** Out of a hundred: how far a proof is when its key is in, and its witness. */
const KEY_SHARE = 35;
const WITNESS_SHARE = 5;

/** Keeps the last key open: a tab that goes on with a task proves with the same one. */
export function createGroth16Prover(environment: ProverEnvironment): Prover {
  let kept: { readonly key: Hex; readonly prover: OpenProver } | null = null;

  const opened = async (request: ProofRequest, tell: (share: number) => void): Promise<Result<OpenProver, ProofFailure>> => {
    if (kept?.key === request.circuit.key) return ok(kept.prover);
    kept?.prover.close();
    kept = null;
    const source = bytesSource(request.provingKey);
    const prover = await openProver(source, environment, {}, (_, done, of) => tell(done / of));
    if (!prover.ok) return fail({ kind: 'bad-key', detail: prover.failure.kind });
    await prover.value.loaded;
    kept = { key: request.circuit.key, prover: prover.value };
    return prover;
  };

  const proveNow = async (request: ProofRequest, onProgress: Tell): Promise<Result<Proven, ProofFailure>> => {
    const started = performance.now();
    const badKey = flawInKeys(request);
    if (badKey !== null) return fail({ kind: 'bad-key', detail: badKey });
    const isKept = kept?.key === request.circuit.key;
    const prover = await opened(request, (share) => onProgress('key', KEY_SHARE * share));
    if (!prover.ok) return prover;

    const before = isKept ? 0 : KEY_SHARE;
    onProgress('witness', before);
    const witness = witnessFor(request);
    if (!witness.ok) return witness;
    const { values, constraints } = witness.value;
    if (values.length !== prover.value.file.wires) return fail({ kind: 'bad-key', detail: 'the proving key is for another circuit' });

    const rest = 100 - before - WITNESS_SHARE;
    const proven = await prover.value.prove(witnessBytes(values), (stage, done, of) =>
      onProgress(stage === 'check' ? 'check' : 'prove', before + WITNESS_SHARE + (rest * done) / of),
    );
    if (!proven.ok) return fail({ kind: 'proof-rejected' });
    const { proof } = proven.value;
    const { kernel, threads, sharesMemory } = prover.value.metadata;
    const seconds = (performance.now() - started) / 1000;
    return ok({ proof: { system: GROTH16_BN254, bytes: proofToBytes(proof) }, constraints, kernel, threads, sharesMemory, seconds });
  };

  return {
    // Threads that do not start and memory that runs out are thrown.
    prove: (request, onProgress) =>
      proveNow(request, (stage, done) => onProgress?.({ stage, done, of: 100 })).catch((error: unknown) => {
        kept?.prover.close();
        kept = null;
        return fail({ kind: 'prover-crashed', detail: error instanceof Error ? error.message : String(error) });
      }),
  };
}

type Tell = (stage: ProofProgress['stage'], done: number) => void;

/** Why these keys must not be used; null when they may. A forgeable key is refused before any private row is touched. */
function flawInKeys({ circuit, verificationKey, provingKey }: ProofRequest): string | null {
  if (circuit.system !== GROTH16_BN254 || circuit.kind !== KIND_INFER) return `system ${circuit.system}, kind ${circuit.kind} is not proven here`;
  if (circuit.values !== INFER_VALUES) return `the circuit has ${circuit.values} values; this kind has ${INFER_VALUES}`;
  const parsed = parseKey(verificationKey);
  if (!parsed.ok) return parsed.failure.detail;
  if (sha256(verificationKey).toLowerCase() !== circuit.key.toLowerCase()) return 'the verification key is not the one that the circuit names';
  const own = verificationKeyOf(provingKey);
  if (own === null) return 'the proving key is no Groth16 key';
  return equalBytes(own, verificationKey) ? null : 'the proving key belongs to another verification key';
}

interface Witness {
  readonly values: readonly bigint[];
  readonly constraints: number;
}

/** Computes the circuit on the execution's rows, and compares every claim with what comes out. */
function witnessFor({ onnx, statement, execution }: ProofRequest): Result<Witness, ProofFailure> {
  const graph = integerGraph(onnx);
  if (!graph.ok) return fail({ kind: 'model-unsupported', detail: graph.failure.detail });
  if (!answersFit(execution.rowCount, graph.value.outputs))
    return fail({ kind: 'model-unsupported', detail: `${execution.rowCount} answers among ${graph.value.outputs} classes do not fit one value` });
  const rows = privateRows(execution, graph.value);
  if (rows === null) return fail({ kind: 'unsatisfied', constraint: 'rows' });
  if (![...statement.values, statement.digest].every(isScalar)) return fail({ kind: 'unsatisfied', constraint: 'values' });
  const [domain, digest, fold] = publicSignals(statement);
  const builder = new WitnessBuilder();
  const outcome = inferCircuit(builder, graph.value, { domain, digest, fold, ...rows });
  const broken = firstDifference(outcome, statement, execution);
  return broken === null ? ok({ values: builder.values, constraints: builder.constraints }) : fail({ kind: 'unsatisfied', constraint: broken });
}

/** Null when the execution is not what it says it is: rows, salts and answers of the model's shape. */
function privateRows({ rows, rowCount, salts, outputs }: Execution, graph: IntegerGraph): Pick<InferInputs, 'rows' | 'salts'> | null {
  const fits = rows.length === rowCount * graph.inputs && salts.length === 32 * rowCount && outputs.length === rowCount * graph.outputs;
  if (!fits || !Number.isInteger(Math.log2(rowCount))) return null;
  const elements = Array.from({ length: rowCount }, (_, row) => fromBytes(salts.subarray(32 * row, 32 * (row + 1))));
  if (!elements.every(isScalar)) return null;
  return { rows: elements.map((_, row) => rows.subarray(row * graph.inputs, (row + 1) * graph.inputs)), salts: elements };
}

/** The first claim that the circuit does not bear out, by the name of what it concerns. */
function firstDifference(outcome: InferOutcome, statement: Statement, execution: Execution): string | null {
  if (statement.values.length !== INFER_VALUES) return 'values';
  if (outcome.outputs.some((output, i) => signed(output) !== BigInt(execution.outputs[i]))) return 'outputs';
  if (outcome.values[0] !== statement.values[0]) return 'input node';
  if (outcome.values[1] !== statement.values[1]) return 'answers';
  return outcome.digest === statement.digest ? null : 'digest';
}
