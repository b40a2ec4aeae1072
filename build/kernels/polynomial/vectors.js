/** Operations on arrays of field elements, as many at once as the field has lanes. */
import { ELEMENT_BYTES } from "../field/field.js";
import { i32 } from "../wasm/expression.js";
/**
 * Defines, for `groups` times `lanes` elements,
 * - `timesEach(to, x, y, groups)`: to[i] = x[i]·y[i];
 * - `timesOne(to, x, factor, groups)`: to[i] = x[i]·factor[0];
 * - `quotient(to, a, b, c, groups)`: to[i] = a[i]·b[i] − c[i].
 */
export function defineVectors(module, field) {
    const { lanes } = field;
    const places = (f, array, k) => {
        const first = f.let(i32.add(array, i32.mul(k, i32.of(lanes * ELEMENT_BYTES))));
        return Array.from({ length: lanes }, (_, lane) => f.let(i32.add(first, i32.of(lane * ELEMENT_BYTES))));
    };
    const load = (f, array, k) => field.gather(f, places(f, array, k), 0);
    module.define('timesEach', 4, (f, to, x, y, groups) => f.repeat(groups, (k) => field.scatter(f, places(f, to, k), field.multiply(f, load(f, x, k), load(f, y, k)), 0)));
    module.define('timesOne', 4, (f, to, x, factor, groups) => {
        const constant = field.gather(f, Array(lanes).fill(factor), 0);
        f.repeat(groups, (k) => field.scatter(f, places(f, to, k), field.multiply(f, load(f, x, k), constant), 0));
    });
    module.define('quotient', 5, (f, to, a, b, c, groups) => f.repeat(groups, (k) => {
        const product = field.multiply(f, load(f, a, k), load(f, b, k));
        field.scatter(f, places(f, to, k), field.reduce(f, field.subtract(f, product, load(f, c, k))), 0);
    }));
}
