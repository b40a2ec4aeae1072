import { type Field } from '../../../kernels/field/field.ts';
/** Doubles with fused multiply-add where the engine has it, else 64-bit integers. Both give the same proofs. */
export type Arithmetic = 'fused' | 'karatsuba';
/** 1 for G1, 2 for G2: elements of the base field in a coordinate. */
export type Degree = 1 | 2;
export declare const pointBytes: (degree: Degree) => number;
/** As key files hold it: affine, coordinates of 32 bytes in Montgomery form with R = 2^256. */
export declare const filePointBytes: (degree: Degree) => number;
/** What threads are sent: any of them can make an instance of it. */
export interface CompiledKernel {
    readonly arithmetic: Arithmetic;
    readonly module: WebAssembly.Module;
    /** Bytes that an instance needs for itself. */
    readonly scratchBytes: number;
}
/** The fastest arithmetic that is exact on this engine. */
export declare function exactArithmetic(): Promise<Arithmetic>;
/**
 * Written and compiled once in a process: what the engine has optimised of it serves the next key, too.
 * @param shared whether it will run over memory that threads share
 */
export declare function compileKernel(arithmetic: Arithmetic, shared: boolean): Promise<CompiledKernel>;
export declare class Kernel {
    #private;
    readonly memory: WebAssembly.Memory;
    readonly base: Field;
    readonly scalar: Field;
    readonly lanes: number;
    private constructor();
    /** @param scratch where its own `scratchBytes` are */
    static instantiate({ arithmetic, module }: CompiledKernel, memory: WebAssembly.Memory, scratch: number): Promise<Kernel>;
    run(name: string, ...args: number[]): number;
    /** Groups of lanes that so many elements fill; what lies behind them is written over, too, up to three elements. */
    groups(elements: number): number;
    writeScalar(address: number, value: bigint): void;
    /** Coordinates of an affine point: x and y, or for G2 both parts of x, then of y. */
    writePoint(address: number, coordinates: readonly bigint[]): void;
    /** Null for infinity, which is (0, 0). */
    readPoint(degree: Degree, address: number): bigint[] | null;
}
