import { i32 } from "../wasm/expression.js";
/** Additions of one list: enough that the inversion is a few per cent, few enough for the second-level cache. A multiple of the lanes. */
export const MAX_BATCH = 2048;
export const ENTRY_BYTES = 12;
/**
 * Defines `name(list, groups)` for lists of `lanes` times as many additions. It answers 1 when it added, and 0, with nothing written, when
 * two summands have the same x: `name + 'Checked'` then adds whatever there is, infinities, doublings and opposites too, in more time.
 */
export function defineBatchAddition(module, name, coordinates) {
    const { bytes: coordinate, lanes } = coordinates;
    const { field } = coordinates;
    const groupBytes = lanes * coordinate;
    const room = () => module.scratch((MAX_BATCH / lanes) * groupBytes);
    const [denominators, products] = [room(), room()];
    const [run, inverse, t, u] = Array.from({ length: 4 }, () => module.scratch(groupBytes));
    const slot = (base, k) => i32.add(base, i32.mul(k, i32.of(groupBytes)));
    const entry = (f, list, k) => {
        const at = f.let(i32.add(list, i32.mul(k, i32.of(lanes * ENTRY_BYTES))));
        const word = (i) => Array.from({ length: lanes }, (_, lane) => f.let(i32.load(at, lane * ENTRY_BYTES + 4 * i)));
        const [left, right, sum] = [word(0), word(1), word(2)];
        const places = (words) => words.map((address) => f.let(i32.and(address, i32.of(-2))));
        const sign = (words) => field.mask(f, words.map((address) => i32.and(address, i32.of(1))));
        return { left: places(left), right: places(right), sum, leftSign: sign(left), rightSign: sign(right) };
    };
    const xOf = (f, places) => coordinates.gather(f, places, 0);
    const yOf = (f, places, sign) => coordinates.negateWhere(f, coordinates.gather(f, places, coordinate), sign);
    const addAll = (f, list, groups, denominator, numerator, finish) => {
        coordinates.store(f, run, coordinates.one(f));
        f.repeat(groups, (k) => {
            const d = slot(denominators, k);
            coordinates.store(f, d, denominator(entry(f, list, k)));
            coordinates.store(f, slot(products, k), coordinates.load(f, run));
            coordinates.multiply(f, run, run, d);
        });
        const none = coordinates.isZero(f, coordinates.reduce(f, coordinates.load(f, run)));
        f.if(field.any(none), () => f.return(i32.of(0)));
        coordinates.invert(f, inverse, run);
        const k = f.let(groups);
        f.while(() => k, () => {
            f.set(k, i32.sub(k, i32.of(1)));
            const e = entry(f, list, k);
            coordinates.multiply(f, t, inverse, slot(products, k));
            coordinates.multiply(f, inverse, inverse, slot(denominators, k));
            coordinates.store(f, u, numerator(e));
            coordinates.multiply(f, t, t, u);
            coordinates.square(f, u, t);
            const xs = xOf(f, e.left);
            const x = coordinates.reduce(f, coordinates.subtract(f, coordinates.subtract(f, coordinates.load(f, u), xs), xOf(f, e.right)));
            coordinates.store(f, u, coordinates.subtract(f, xs, x));
            coordinates.multiply(f, u, u, t);
            finish(e, x, coordinates.reduce(f, coordinates.subtract(f, coordinates.load(f, u), yOf(f, e.left, e.leftSign))));
        });
        f.return(i32.of(1));
    };
    const write = (f, { sum }, x, y) => {
        coordinates.scatter(f, sum, x, 0);
        coordinates.scatter(f, sum, y, coordinate);
    };
    module.define(name, 2, (f, list, groups) => addAll(f, list, groups, ({ left, right }) => coordinates.subtract(f, xOf(f, right), xOf(f, left)), ({ left, right, leftSign, rightSign }) => coordinates.subtract(f, yOf(f, right, rightSign), yOf(f, left, leftSign)), (e, x, y) => write(f, e, x, y)), true);
    const lookAt = (f, { left, right, leftSign, rightSign }) => {
        const [xLeft, xRight] = [xOf(f, left), xOf(f, right)];
        const [yLeft, yRight] = [yOf(f, left, leftSign), yOf(f, right, rightSign)];
        const isInfinite = (x, y) => field.and(f, coordinates.isZero(f, x), coordinates.isZero(f, y));
        const [noLeft, noRight] = [isInfinite(xLeft, yLeft), isInfinite(xRight, yRight)];
        const difference = coordinates.subtract(f, xRight, xLeft);
        const sameX = field.andNot(f, coordinates.isZero(f, coordinates.reduce(f, difference)), field.or(f, noLeft, noRight));
        const sameY = coordinates.isZero(f, coordinates.reduce(f, coordinates.subtract(f, yRight, yLeft)));
        const [doubled, opposite] = [field.and(f, sameX, sameY), field.andNot(f, sameX, sameY)];
        return { xLeft, xRight, yLeft, yRight, noLeft, noRight, difference, doubled, opposite };
    };
    const squared = module.scratch(groupBytes);
    module.define(`${name}Checked`, 2, (f, list, groups) => addAll(f, list, groups, (e) => {
        const { yLeft, noLeft, noRight, difference, doubled, opposite } = lookAt(f, e);
        const twice = coordinates.select(f, coordinates.add(f, yLeft, yLeft), difference, doubled);
        return coordinates.select(f, coordinates.one(f), twice, field.or(f, opposite, field.or(f, noLeft, noRight)));
    }, (e) => {
        const { xLeft, yLeft, yRight, doubled } = lookAt(f, e);
        coordinates.store(f, squared, xLeft);
        coordinates.square(f, squared, squared);
        const square = coordinates.load(f, squared);
        const slope = coordinates.reduce(f, coordinates.add(f, coordinates.add(f, square, square), square));
        return coordinates.select(f, slope, coordinates.subtract(f, yRight, yLeft), doubled);
    }, (e, x, y) => {
        const { xLeft, xRight, yLeft, yRight, noLeft, noRight, opposite } = lookAt(f, e);
        const zero = coordinates.subtract(f, x, x);
        const choose = (sum, left, right) => coordinates.select(f, right, coordinates.select(f, left, coordinates.select(f, zero, sum, opposite), noRight), noLeft);
        write(f, e, choose(x, xLeft, xRight), choose(y, yLeft, yRight));
    }), true);
}
