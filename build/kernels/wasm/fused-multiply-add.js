/**
 * Whether this engine's relaxed multiply-add rounds once. The proposal lets it round twice, and doubles are exact only if it does not:
 * (1 + 2^-52)·(1 − 2^-52) − 1 is −2^-104 when fused, and 0 when the product is rounded first.
 */
import { f64x2, i64x2 } from "./expression.js";
import { ModuleBuilder } from "./module-builder.js";
/** False also where relaxed SIMD is unknown. */
export async function fusesMultiplyAdd() {
    const module = new ModuleBuilder();
    module.define('test', 1, (f, to) => {
        const [above, below] = [f.let(f64x2.of(1 + 2 ** -52)), f.let(f64x2.of(1 - 2 ** -52))];
        const positive = f.let(f64x2.relaxedMultiplyAdd(above, below, f64x2.of(-1)));
        const negative = f.let(f64x2.relaxedNegatedMultiplyAdd(above, below, f64x2.of(1)));
        f.store(to, i64x2.shuffle(positive, negative, 0, 2));
    });
    const bytes = module.bytes(false);
    if (!WebAssembly.validate(bytes))
        return false;
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536 });
    const { instance } = await WebAssembly.instantiate(bytes, { env: { memory, scratch: 0 } });
    instance.exports['test'](0);
    return new Float64Array(memory.buffer, 0, 2).every((value, i) => value === [-(2 ** -104), 2 ** -104][i]);
}
