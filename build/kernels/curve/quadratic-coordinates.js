/** Coordinates in the quadratic extension of the base field, a + bi with i² = −1, for G2. In memory the two parts follow each other. */
import { ELEMENT_BYTES } from "../field/field.js";
import { i32 } from "../wasm/expression.js";
export class QuadraticCoordinates {
    degree = 2;
    bytes = 2 * ELEMENT_BYTES;
    lanes;
    field;
    #base;
    #multiply;
    #square;
    #invert;
    constructor(module, base) {
        this.#base = base;
        this.lanes = base.lanes;
        const { field } = base;
        this.field = field;
        const [s, t] = [module.scratch(ELEMENT_BYTES * this.lanes), module.scratch(ELEMENT_BYTES * this.lanes)];
        this.#multiply = module.define('multiply2', 3, (f, z, x, y) => {
            const [real, imaginary] = field.multiplyComplex(f, partsOf(this.load(f, x)), partsOf(this.load(f, y)));
            this.store(f, z, [...real, ...imaginary]);
        });
        // (a + bi)² = (a + b)(a − b) + 2abi
        this.#square = module.define('square2', 2, (f, z, x) => {
            const [a, b] = partsOf(this.load(f, x));
            const real = field.multiply(f, field.add(f, a, b), field.reduce(f, field.subtract(f, a, b)));
            this.store(f, z, [...real, ...field.multiply(f, field.add(f, a, a), b)]);
        });
        // 1 / (a + bi) = (a − bi) / (a² + b²)
        this.#invert = module.define('inverseOf2', 2, (f, z, x) => {
            const [a, b] = partsOf(this.load(f, x));
            field.store(f, s, field.reduce(f, field.add(f, field.square(f, a), field.square(f, b))));
            base.invert(f, t, s);
            const inverse = field.load(f, t);
            const imaginary = field.multiply(f, b, inverse);
            this.store(f, z, [...field.multiply(f, a, inverse), ...field.subtract(f, field.subtract(f, imaginary, imaginary), imaginary)]);
        });
    }
    multiply(f, product, x, y) {
        f.run(this.#multiply(product, x, y));
    }
    square(f, product, x) {
        f.run(this.#square(product, x));
    }
    invert(f, inverse, x) {
        f.run(this.#invert(inverse, x));
    }
    one(f) {
        return [...this.#base.one(f), ...this.field.constant(f, 0n)];
    }
    load(f, group) {
        return [...this.#base.load(f, group), ...this.#base.load(f, this.#imaginary(group))];
    }
    store(f, group, value) {
        const [real, imaginary] = partsOf(value);
        this.#base.store(f, group, real);
        this.#base.store(f, this.#imaginary(group), imaginary);
    }
    #imaginary(group) {
        return i32.add(group, i32.of(ELEMENT_BYTES * this.lanes));
    }
    gather(f, places, offset) {
        return [...this.#base.gather(f, places, offset), ...this.#base.gather(f, places, offset + ELEMENT_BYTES)];
    }
    scatter(f, places, value, offset) {
        partsOf(value).forEach((part, i) => this.#base.scatter(f, places, part, offset + i * ELEMENT_BYTES));
    }
    add(f, x, y) {
        return this.#parts(x, (part, i) => this.#base.add(f, part, partsOf(y)[i]));
    }
    subtract(f, x, y) {
        return this.#parts(x, (part, i) => this.#base.subtract(f, part, partsOf(y)[i]));
    }
    reduce(f, x) {
        return this.#parts(x, (part) => this.#base.reduce(f, part));
    }
    isZero(f, x) {
        const [real, imaginary] = partsOf(x).map((part) => this.#base.isZero(f, part));
        return this.field.and(f, real, imaginary);
    }
    select(f, yes, no, mask) {
        return this.#parts(yes, (part, i) => this.#base.select(f, part, partsOf(no)[i], mask));
    }
    negateWhere(f, x, mask) {
        return this.#parts(x, (part) => this.#base.negateWhere(f, part, mask));
    }
    #parts(value, of) {
        return partsOf(value).flatMap((part, i) => [...of(part, i)]);
    }
}
function partsOf(value) {
    return [value.slice(0, value.length / 2), value.slice(value.length / 2)];
}
