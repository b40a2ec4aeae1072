/** One WebAssembly function, written statement by statement. */
import { type Code } from './code.ts';
import { type Expression, type F64, type I32, type I64, type V128, type ValueType } from './expression.ts';
/** A local variable; as an expression it is its value. */
export interface Local<Type extends ValueType> extends Expression<Type> {
    readonly index: number;
}
export declare class FunctionBuilder {
    #private;
    readonly locals: ValueType[];
    constructor(parameters: number);
    code(): Uint8Array<ArrayBuffer>;
    /** A new local that starts with this value. */
    let<Type extends ValueType>(value: Expression<Type>): Local<Type>;
    /** A new local: zero when the function starts, and not again in each turn of a loop. */
    local<Type extends ValueType>(type: Type): Local<Type>;
    set<Type extends ValueType>(local: Local<Type>, value: Expression<Type>): void;
    store(address: I32, value: I32 | I64 | V128, offset?: number): void;
    /** Writes one lane of a vector, 0 the low one. */
    storeLane(address: I32, vector: V128, lane: 0 | 1, offset?: number): void;
    /** A statement for its effect: a call of a function without results. */
    run(effect: Code): void;
    if(condition: I32, then: () => void, otherwise?: () => void): void;
    /** Runs the body while the condition holds, which is asked before each turn. */
    while(condition: () => I32, body: () => void): void;
    /** Counts a fresh local from 0 up to, not including, `end`. */
    repeat(end: I32, body: (i: Local<'i32'>) => void): void;
    /** What a function with a result ends with. */
    return(value: I32 | I64 | F64 | V128): void;
}
export declare function parameter<Type extends ValueType>(index: number, type: Type): Local<Type>;
