/** One WebAssembly function, written statement by statement. */
import { CodeBytes } from "./code.js";
import { i32 } from "./expression.js";
import { unsignedLeb } from "./leb128.js";
const ADDRESS = { alignment: { i32: 2, i64: 3, v128: 4 }, store: { i32: [0x36], i64: [0x37], v128: [0xfd, 11] } };
export class FunctionBuilder {
    locals = [];
    /** Written out as it comes: the pieces that it is made of are forgotten. */
    #code = new CodeBytes();
    #parameters;
    constructor(parameters) {
        this.#parameters = parameters;
    }
    code() {
        return this.#code.finish();
    }
    /** A new local that starts with this value. */
    let(value) {
        const local = this.local(value.type);
        this.set(local, value);
        return local;
    }
    /** A new local: zero when the function starts, and not again in each turn of a loop. */
    local(type) {
        const index = this.#parameters + this.locals.length;
        this.locals.push(type);
        return parameter(index, type);
    }
    set(local, value) {
        this.#code.write([value.code, 0x21, unsignedLeb(local.index)]);
    }
    store(address, value, offset = 0) {
        this.#code.write([address.code, value.code, ADDRESS.store[value.type], ADDRESS.alignment[value.type], unsignedLeb(offset)]);
    }
    /** Writes one lane of a vector, 0 the low one. */
    storeLane(address, vector, lane, offset = 0) {
        this.#code.write([address.code, vector.code, 0xfd, 91, 3, unsignedLeb(offset), lane]);
    }
    /** A statement for its effect: a call of a function without results. */
    run(effect) {
        this.#code.write([effect]);
    }
    if(condition, then, otherwise) {
        this.#code.write([condition.code, 0x04, 0x40]);
        then();
        if (otherwise) {
            this.#code.write([0x05]);
            otherwise();
        }
        this.#code.write([0x0b]);
    }
    /** Runs the body while the condition holds, which is asked before each turn. */
    while(condition, body) {
        this.#code.write([0x02, 0x40, 0x03, 0x40, i32.isZero(condition()).code, 0x0d, 1]);
        body();
        this.#code.write([0x0c, 0, 0x0b, 0x0b]);
    }
    /** Counts a fresh local from 0 up to, not including, `end`. */
    repeat(end, body) {
        const i = this.let(i32.of(0));
        this.while(() => i32.lessUnsigned(i, end), () => {
            body(i);
            this.set(i, i32.add(i, i32.of(1)));
        });
    }
    /** What a function with a result ends with. */
    return(value) {
        this.#code.write([value.code, 0x0f]);
    }
}
export function parameter(index, type) {
    return { index, type, code: [0x20, unsignedLeb(index)] };
}
