/** Computes a circuit's witness from inputs, by the WebAssembly that circom made of the circuit. */
import { type Result } from '../../protocol/result.ts';
import { type WitnessFileFailure } from './witness-file-reader.ts';
/** Signals by name: numbers, decimal text, integers of any size, or arrays of these. */
export type CircomInput = Readonly<Record<string, unknown>>;
export interface WitnessProgramFailure {
    readonly kind: 'witness-program';
    /** In the program's own words: a signal that is missing or unknown, an assertion that failed. */
    readonly detail: string;
}
/** @returns 32 bytes a wire, little-endian, each below r */
export declare function circomWitness(program: Uint8Array<ArrayBuffer>, input: CircomInput): Promise<Result<Uint8Array, WitnessProgramFailure | WitnessFileFailure>>;
