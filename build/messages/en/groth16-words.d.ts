/** Words for what goes wrong with keys, witnesses and proofs, each with what to do next. */
import type { CircuitFailure } from '../../src/proof/groth16/open-circuit.ts';
export declare function groth16Words(failure: CircuitFailure): string;
