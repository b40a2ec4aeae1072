import { type Groth16 } from './snarkjs-calls.ts';
export { Groth16Error } from './snarkjs-calls.ts';
export declare const groth16: Groth16;
