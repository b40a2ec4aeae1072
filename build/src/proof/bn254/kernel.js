/** The kernel of BN254: WebAssembly for both of its fields and both of its curves, over a memory that threads may share. */
import { BaseCoordinates } from "../../../kernels/curve/base-coordinates.js";
import { defineBatchAddition } from "../../../kernels/curve/batch-addition.js";
import { QuadraticCoordinates } from "../../../kernels/curve/quadratic-coordinates.js";
import { defineReading, defineWriting } from "../../../kernels/field/convert-elements.js";
import { ELEMENT_BYTES, inverseModulo } from "../../../kernels/field/field.js";
import { FusedField } from "../../../kernels/field/fused-field.js";
import { KaratsubaField } from "../../../kernels/field/karatsuba-field.js";
import { defineRowSums } from "../../../kernels/polynomial/row-sums.js";
import { defineTransform } from "../../../kernels/polynomial/transform.js";
import { defineVectors } from "../../../kernels/polynomial/vectors.js";
import { fusesMultiplyAdd } from "../../../kernels/wasm/fused-multiply-add.js";
import { ModuleBuilder } from "../../../kernels/wasm/module-builder.js";
import { BASE_ORDER, SCALAR_ORDER } from "../../protocol/field.js";
export const pointBytes = (degree) => 2 * degree * ELEMENT_BYTES;
/** As key files hold it: affine, coordinates of 32 bytes in Montgomery form with R = 2^256. */
export const filePointBytes = (degree) => 64 * degree;
/** Key files hold coordinates times 2^256, and coefficients times 2^512. */
const COORDINATE_FACTOR = 1n << 256n;
const COEFFICIENT_FACTOR = 1n << 512n;
function fieldOf(arithmetic, prime) {
    return arithmetic === 'fused' ? new FusedField(prime) : new KaratsubaField(prime);
}
/** The fastest arithmetic that is exact on this engine. */
export async function exactArithmetic() {
    return (await fusesMultiplyAdd()) ? 'fused' : 'karatsuba';
}
const compiled = new Map();
/**
 * Written and compiled once in a process: what the engine has optimised of it serves the next key, too.
 * @param shared whether it will run over memory that threads share
 */
export function compileKernel(arithmetic, shared) {
    const name = `${arithmetic} ${shared}`;
    let kernel = compiled.get(name);
    if (!kernel)
        compiled.set(name, (kernel = compile(arithmetic, shared)));
    return kernel;
}
async function compile(arithmetic, shared) {
    const module = new ModuleBuilder();
    const [base, scalar] = [fieldOf(arithmetic, BASE_ORDER), fieldOf(arithmetic, SCALAR_ORDER)];
    const coordinates = new BaseCoordinates(module, base);
    defineBatchAddition(module, 'add1', coordinates);
    defineBatchAddition(module, 'add2', new QuadraticCoordinates(module, coordinates));
    defineReading(module, 'readCoordinates', base, COORDINATE_FACTOR);
    defineReading(module, 'readCoefficients', scalar, COEFFICIENT_FACTOR);
    defineReading(module, 'readScalars', scalar, 1n);
    defineWriting(module, 'writeCoordinates', base, COORDINATE_FACTOR);
    defineWriting(module, 'writeScalars', scalar, 1n);
    defineTransform(module, scalar);
    defineVectors(module, scalar);
    defineRowSums(module, scalar);
    return { arithmetic, module: await WebAssembly.compile(module.bytes(shared)), scratchBytes: module.scratchBytes };
}
export class Kernel {
    memory;
    base;
    scalar;
    lanes;
    #exports;
    #inverseRadix;
    constructor(arithmetic, memory, exports) {
        this.memory = memory;
        this.base = fieldOf(arithmetic, BASE_ORDER);
        this.scalar = fieldOf(arithmetic, SCALAR_ORDER);
        this.lanes = this.base.lanes;
        this.#exports = exports;
        this.#inverseRadix = inverseModulo(this.base.radix, BASE_ORDER);
    }
    /** @param scratch where its own `scratchBytes` are */
    static async instantiate({ arithmetic, module }, memory, scratch) {
        const { exports } = await WebAssembly.instantiate(module, { env: { memory, scratch } });
        return new Kernel(arithmetic, memory, exports);
    }
    run(name, ...args) {
        const operation = this.#exports[name];
        if (!operation)
            throw new Error(`the kernel has no ${name}`);
        return operation(...args);
    }
    /** Groups of lanes that so many elements fill; what lies behind them is written over, too, up to three elements. */
    groups(elements) {
        return Math.ceil(elements / this.lanes);
    }
    writeScalar(address, value) {
        this.#write(address, this.scalar, value);
    }
    /** Coordinates of an affine point: x and y, or for G2 both parts of x, then of y. */
    writePoint(address, coordinates) {
        coordinates.forEach((value, i) => this.#write(address + i * ELEMENT_BYTES, this.base, value));
    }
    /** Null for infinity, which is (0, 0). */
    readPoint(degree, address) {
        const bytes = new Uint8Array(this.memory.buffer, address, pointBytes(degree));
        const values = Array.from({ length: 2 * degree }, (_, i) => this.base.decode(bytes.subarray(i * ELEMENT_BYTES, (i + 1) * ELEMENT_BYTES)));
        return values.every((value) => value === 0n) ? null : values.map((value) => (value * this.#inverseRadix) % BASE_ORDER);
    }
    #write(address, field, value) {
        new Uint8Array(this.memory.buffer).set(field.encode((value * field.radix) % field.prime), address);
    }
}
