/** A snarkjs Groth16 proving key (.zkey) before it is trusted: what its header says, and whether its sections bear it out. */
import { BASE_ORDER, SCALAR_ORDER } from "../../protocol/field.js";
import { fail, ok } from "../../protocol/result.js";
import { TWO_ADICITY } from "../bn254/root-of-unity.js";
import { readElement } from "./little-endian.js";
import { sectionTable, viewOf } from "./section-table.js";
import { readG1, readG2 } from "./zkey-file.js";
const SYSTEMS = { 1: 'groth16', 2: 'plonk', 10: 'fflonk' };
/** Order of the field that BLS12-381's coordinates live in. */
const BLS12_381_ORDER = 0x1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaabn;
const FIXED = 84;
const HEADER_BYTES = FIXED + 64 + 64 + 128 + 128 + 64 + 128;
export const COEFFICIENT_BYTES = 44;
/** So that its points, tables and working room fit the 4 GiB that WebAssembly addresses. */
const LARGEST_LOG = 22;
export async function openProvingKey(source) {
    const table = await sectionTable(source, 'zkey');
    if (!table.ok)
        return fail(table.failure === 'other-type' ? { kind: 'not-a-key' } : { kind: 'truncated-key', section: 0 });
    const section = (number) => table.value.get(number) ?? { offset: 0, length: 0 };
    const readSection = ({ offset, length }, most) => source.read(offset, Math.min(length, most));
    const system = SYSTEMS[(await readSection(section(1), 1))[0]] ?? 'unknown';
    if (system !== 'groth16')
        return fail({ kind: 'other-system', system });
    const header = await readSection(section(2), HEADER_BYTES);
    const curve = curveOf(header);
    if (curve !== 'bn254')
        return fail(curve === 'truncated' ? { kind: 'truncated-key', section: 2 } : { kind: 'other-curve', curve });
    if (header.length < HEADER_BYTES)
        return fail({ kind: 'truncated-key', section: 2 });
    const view = viewOf(header);
    const [wires, publics, domainSize] = [view.getUint32(72, true), view.getUint32(76, true), view.getUint32(80, true)];
    const log = Math.log2(domainSize);
    if (!Number.isInteger(log) || publics >= wires)
        return fail({ kind: 'truncated-key', section: 2 });
    if (log > Math.min(LARGEST_LOG, TWO_ADICITY - 1) || wires > 2 ** LARGEST_LOG)
        return fail({ kind: 'oversized-key', log });
    const counted = await readSection(section(4), 4);
    const entries = counted.length < 4 ? 0 : viewOf(counted).getUint32(0, true);
    const lengths = [
        [3, 64 * (publics + 1)],
        [4, 4 + COEFFICIENT_BYTES * entries],
        [5, 64 * wires],
        [6, 64 * wires],
        [7, 128 * wires],
        [8, 64 * (wires - publics - 1)],
        [9, 64 * domainSize],
    ];
    const short = lengths.find(([number, length]) => section(number).length !== length);
    if (short)
        return fail({ kind: 'truncated-key', section: short[0] });
    const ic = viewOf(await readSection(section(3), Infinity));
    return ok({
        source,
        wires,
        publics,
        log,
        entries,
        beta1: readG1(view, FIXED + 64),
        delta1: readG1(view, FIXED + 384),
        verificationKey: {
            alpha: readG1(view, FIXED),
            beta: readG2(view, FIXED + 128),
            gamma: readG2(view, FIXED + 256),
            delta: readG2(view, FIXED + 448),
            ic: Array.from({ length: publics + 1 }, (_, i) => readG1(ic, 64 * i)),
        },
        places: { coefficients: section(4), a: section(5), b1: section(6), b2: section(7), c: section(8), h: section(9) },
    });
}
function curveOf(header) {
    if (header.length < 52)
        return 'truncated';
    const view = viewOf(header);
    const bytes = view.getUint32(0, true);
    if (bytes === 48)
        return readElement(view, 4) === BigInt.asUintN(256, BLS12_381_ORDER) ? 'bls12-381' : 'unknown';
    if (bytes !== 32 || header.length < FIXED)
        return bytes === 32 ? 'truncated' : 'unknown';
    return readElement(view, 4) === BASE_ORDER && readElement(view, 40) === SCALAR_ORDER ? 'bn254' : 'unknown';
}
