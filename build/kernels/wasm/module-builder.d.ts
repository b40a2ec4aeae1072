/**
 * A WebAssembly module of functions over one imported memory, as bytes that any engine compiles: no tool stands in between. Each
 * instance is told where in the memory its own scratch lies, so that threads that share the memory do not get in each other's way.
 */
import { type Code } from './code.ts';
import { type I32 } from './expression.ts';
import { FunctionBuilder, type Local } from './function-builder.ts';
/** Pages of 64 KiB: 4 GiB, all that 32-bit addresses reach. */
export declare const MAX_PAGES = 65536;
/** Addresses and counts in, a number or nothing out: all that these kernels pass. */
export type Procedure = (...args: readonly I32[]) => Code;
export declare class ModuleBuilder {
    #private;
    /** Bytes of scratch that an instance needs. */
    get scratchBytes(): number;
    /** Reserves room in the scratch, aligned to 16 bytes; its address. */
    scratch(bytes: number): I32;
    /**
     * Adds a function of i32 parameters, exported by its name. What comes back writes a call of it.
     * @param result whether it leaves an i32
     */
    define(name: string, parameters: number, body: (f: FunctionBuilder, ...args: Local<'i32'>[]) => void, result?: boolean): Procedure;
    /** @param shared whether the memory that will be imported is shared between threads */
    bytes(shared: boolean): Uint8Array<ArrayBuffer>;
}
