/** Coordinates in the base field, for G1. */
import { ELEMENT_BYTES } from "../field/field.js";
import { i32 } from "../wasm/expression.js";
const WINDOW = 4;
export class BaseCoordinates {
    degree = 1;
    bytes = ELEMENT_BYTES;
    lanes;
    field;
    #multiply;
    #square;
    #invert;
    constructor(module, field) {
        this.field = field;
        this.lanes = field.lanes;
        this.#multiply = module.define('multiply', 3, (f, z, x, y) => field.store(f, z, field.multiply(f, field.load(f, x), field.load(f, y))));
        this.#square = module.define('square', 2, (f, z, x) => field.store(f, z, field.square(f, field.load(f, x))));
        const powers = module.scratch(ELEMENT_BYTES * field.lanes * 2 ** WINDOW);
        this.#invert = module.define('invert', 2, (f, z, x) => this.#power(f, z, x, field.prime - 2n, powers));
    }
    multiply(f, product, x, y) {
        f.run(this.#multiply(product, x, y));
    }
    square(f, product, x) {
        f.run(this.#square(product, x));
    }
    /** By Fermat's little theorem. */
    invert(f, inverse, x) {
        f.run(this.#invert(inverse, x));
    }
    /** In windows of four bits: x^1 … x^15 in scratch memory, then four squarings and a product for each digit. */
    #power(f, z, x, exponent, powers) {
        const power = (digit) => i32.add(powers, i32.of(ELEMENT_BYTES * this.lanes * digit));
        this.store(f, power(1), this.load(f, x));
        for (let digit = 2; digit < 2 ** WINDOW; digit++)
            this.multiply(f, power(digit), power(digit - 1), x);
        const digits = exponent
            .toString(2 ** WINDOW)
            .split('')
            .map((digit) => parseInt(digit, 2 ** WINDOW));
        this.store(f, z, this.load(f, power(digits[0])));
        for (const digit of digits.slice(1)) {
            for (let bit = 0; bit < WINDOW; bit++)
                this.square(f, z, z);
            if (digit !== 0)
                this.multiply(f, z, z, power(digit));
        }
    }
    one(f) {
        return this.field.constant(f, this.field.radix % this.field.prime);
    }
    load(f, group) {
        return this.field.load(f, group);
    }
    store(f, group, value) {
        this.field.store(f, group, value);
    }
    gather(f, places, offset) {
        return this.field.gather(f, places, offset);
    }
    scatter(f, places, value, offset) {
        this.field.scatter(f, places, value, offset);
    }
    add(f, x, y) {
        return this.field.add(f, x, y);
    }
    subtract(f, x, y) {
        return this.field.subtract(f, x, y);
    }
    reduce(f, x) {
        return this.field.reduce(f, x);
    }
    isZero(f, x) {
        return this.field.isZero(f, x);
    }
    select(f, yes, no, mask) {
        return this.field.select(f, yes, no, mask);
    }
    negateWhere(f, x, mask) {
        return this.field.negateWhere(f, x, mask);
    }
}
