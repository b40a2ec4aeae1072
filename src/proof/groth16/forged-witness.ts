/** A cheating prover for tests: it changes wires as it likes, computes everything else from them, and claims whatever then comes out. */
import type { IntegerGraph } from '../../model/integer-graph.ts';
import { inferCircuit, type InferInputs, type InferOutcome } from './infer-circuit.ts';
import { WitnessBuilder, type Tamper } from './witness-builder.ts';

export interface Forgery {
  readonly witness: readonly bigint[];
  readonly outcome: InferOutcome;
}

/** @param claimed what to change in the public digest and fold after they are made to fit */
export function forge(
  graph: IntegerGraph,
  inputs: Pick<InferInputs, 'domain' | 'rows' | 'salts'>,
  tamper: Tamper = (_role, _nth, honest) => honest,
  claimed: { readonly digest?: bigint; readonly fold?: bigint } = {},
): Forgery {
  const fitting = inferCircuit(new WitnessBuilder(tamper), graph, { ...inputs, digest: 0n, fold: 0n });
  const builder = new WitnessBuilder(tamper);
  const outcome = inferCircuit(builder, graph, {
    ...inputs,
    digest: fitting.digest + (claimed.digest ?? 0n),
    fold: fitting.fold + (claimed.fold ?? 0n),
  });
  return { witness: builder.values, outcome };
}
