/** The parts of an infer circuit, from what was compiled: the same model, relation and key give the same parts, hence the same id, on any machine. */
import type { IntegerGraph } from '../../model/integer-graph.ts';
import type { Hex } from '../../protocol/bytes.ts';
import { GROTH16_BN254, INFER_VALUES, INSECURE, KIND_INFER, type CircuitParts } from '../../protocol/circuit.ts';
import { isDevelopmentKey } from '../../protocol/groth16-key.ts';
import type { ModelId } from '../../protocol/ids.ts';
import { sha256 } from '../../protocol/sha256.ts';

export interface CompiledInfer {
  readonly model: ModelId;
  readonly graph: IntegerGraph;
  /** Rows of one unit. */
  readonly rows: number;
  readonly constraints: number;
  /** SHA-256 of the R1CS file. */
  readonly relation: Hex;
  /** 704 bytes. */
  readonly verificationKey: Uint8Array;
}

export function inferCircuitParts({ model, graph, rows, constraints, relation, verificationKey }: CompiledInfer): CircuitParts {
  const products = graph.operators.reduce((sum, operator) => sum + (operator.op === 'dense' ? operator.inputs * operator.outputs : 0), 0);
  return {
    system: GROTH16_BN254,
    kind: KIND_INFER,
    model,
    relation,
    key: sha256(verificationKey),
    values: INFER_VALUES,
    // Constraints, multiply-accumulates, lookups, bytes of the rows in, bytes of the values out, byte-epochs; of one unit.
    meter: [constraints, rows * products, 0, rows * graph.inputs, 32 * INFER_VALUES, 0],
    flags: isDevelopmentKey(verificationKey) ? INSECURE : 0,
  };
}
