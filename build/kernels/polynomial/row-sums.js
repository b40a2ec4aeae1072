import { i32 } from "../wasm/expression.js";
/** Three addresses: of the row's sum, of the coefficient, of the vector's element. */
export const ROW_ENTRY_BYTES = 12;
/** Defines `addRows(entries, groups)`: for each entry, sum += coefficient·element. The sums of one group's entries are different ones. */
export function defineRowSums(module, field) {
    const { lanes } = field;
    module.define('addRows', 2, (f, entries, groups) => f.repeat(groups, (k) => {
        const at = f.let(i32.add(entries, i32.mul(k, i32.of(lanes * ROW_ENTRY_BYTES))));
        const word = (i) => Array.from({ length: lanes }, (_, lane) => f.let(i32.load(at, lane * ROW_ENTRY_BYTES + 4 * i)));
        const [sums, coefficients, elements] = [word(0), word(1), word(2)];
        const product = field.multiply(f, field.gather(f, coefficients, 0), field.gather(f, elements, 0));
        field.scatter(f, sums, field.reduce(f, field.add(f, field.gather(f, sums, 0), product)), 0);
    }));
}
