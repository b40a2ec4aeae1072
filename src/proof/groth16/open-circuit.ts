/** From files to a proof: what the library and the command do with a proving key, witnesses, and circom's witness programs. */
import { fail, ok, type Result } from '../../protocol/result.ts';
import type { SnarkjsProof } from '../../protocol/groth16-proof.ts';
import { sameUpToSign, G2_GENERATOR } from '../../protocol/bn254-points.ts';
import type { ProverEnvironment } from '../bn254/kernel-threads.ts';
import type { ByteSource } from './byte-source.ts';
import { circomWitness, type CircomInput, type WitnessProgramFailure } from './circom-witness.ts';
import { firstBrokenConstraint, type RelationFileFailure } from './first-broken-constraint.ts';
import { openProver, type ProveProgress, type ProverMetadata, type ProverOptions } from './open-prover.ts';
import type { ProofStage, ProveFailure } from './prove.ts';
import type { KeyFileFailure, ProvingKeyFile } from './proving-key.ts';
import { readWitness, type WitnessFileFailure } from './witness-file-reader.ts';

export type CircuitFailure =
  | KeyFileFailure
  | WitnessFileFailure
  | WitnessProgramFailure
  | RelationFileFailure
  | ProveFailure
  /** The witness breaks this constraint of the relation, counted from 0. */
  | { readonly kind: 'unsatisfied'; readonly constraint: number };

export interface ProofMetadata extends ProverMetadata {
  /** Milliseconds of thread time by stage. */
  readonly stages: Readonly<Record<ProofStage, number>>;
  /** Milliseconds from call to proof. */
  readonly milliseconds: number;
  /** The key never saw a second phase: anyone can forge proofs for it. */
  readonly forgeable: boolean;
}

export interface CircuitProof {
  readonly proof: SnarkjsProof;
  readonly publicSignals: readonly string[];
  readonly metadata: ProofMetadata;
}

export type WitnessSource = { readonly witness: ByteSource } | { readonly input: CircomInput; readonly program: Uint8Array<ArrayBuffer> };

export interface OpenCircuit {
  /** @param r1cs the relation, if at hand: names the first constraint that a witness breaks */
  prove(source: WitnessSource, r1cs?: ByteSource, onProgress?: ProveProgress): Promise<Result<CircuitProof, CircuitFailure>>;
  /** When the whole key is in; see `OpenProver`. */
  readonly loaded: Promise<unknown>;
  readonly close: () => void;
}

export async function openCircuit(
  zkey: ByteSource,
  environment: ProverEnvironment,
  options: ProverOptions,
  onProgress?: ProveProgress,
): Promise<Result<OpenCircuit, KeyFileFailure>> {
  const opened = await openProver(zkey, environment, options, onProgress);
  if (!opened.ok) return opened;
  const prover = opened.value;
  return ok({
    async prove(source, r1cs, onProveProgress) {
      const started = performance.now();
      const witness = await witnessOf(source);
      if (!witness.ok) return witness;
      const broken = r1cs ? await firstBrokenConstraint(r1cs, witness.value) : ok(null);
      if (!broken.ok) return broken;
      if (broken.value !== null) return fail({ kind: 'unsatisfied', constraint: broken.value });
      const proven = await prover.prove(witness.value, onProveProgress);
      if (!proven.ok) return proven;
      const { stages, ...proof } = proven.value;
      const milliseconds = performance.now() - started;
      return ok({ ...proof, metadata: { ...prover.metadata, stages, milliseconds, forgeable: isForgeable(prover.file) } });
    },
    loaded: prover.loaded,
    close: prover.close,
  });
}

async function witnessOf(source: WitnessSource): Promise<Result<Uint8Array, WitnessFileFailure | WitnessProgramFailure>> {
  return 'witness' in source ? readWitness(source.witness) : circomWitness(source.program, source.input);
}

/** With γ = ±δ, as in a key straight from `zkey new`, the verification key alone makes proofs for any public signals. */
function isForgeable({ verificationKey: { gamma, delta } }: ProvingKeyFile): boolean {
  return sameUpToSign(gamma, delta) || sameUpToSign(delta, G2_GENERATOR);
}
