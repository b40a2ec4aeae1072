/** Reads a witness from iden3's .wtns file, which may come from anywhere. */
import { SCALAR_ORDER } from "../../protocol/field.js";
import { fail, ok } from "../../protocol/result.js";
import { readElement } from "./little-endian.js";
import { sectionTable, viewOf } from "./section-table.js";
/** @returns 32 bytes a wire, little-endian, each below r, the constant 1 first */
export async function readWitness(source) {
    const table = await sectionTable(source, 'wtns');
    if (!table.ok)
        return fail({ kind: table.failure === 'other-type' ? 'not-a-witness' : 'truncated-witness' });
    const [header, values] = [table.value.get(1), table.value.get(2)];
    if (!header || !values || header.length < 8)
        return fail({ kind: 'truncated-witness' });
    const view = viewOf(await source.read(header.offset, Math.min(header.length, 40)));
    if (view.getUint32(0, true) !== 32)
        return fail({ kind: 'witness-of-other-curve' });
    if (view.byteLength < 40)
        return fail({ kind: 'truncated-witness' });
    if (readElement(view, 4) !== SCALAR_ORDER)
        return fail({ kind: 'witness-of-other-curve' });
    if (values.length !== 32 * view.getUint32(36, true) || values.length === 0)
        return fail({ kind: 'truncated-witness' });
    const bytes = await source.read(values.offset, values.length);
    return checkedWitness(bytes);
}
export function checkedWitness(bytes) {
    const view = viewOf(bytes);
    const top = SCALAR_ORDER >> 192n;
    for (let at = 0; at < bytes.length; at += 32) {
        // The highest word alone tells nearly always.
        const highest = view.getBigUint64(at + 24, true);
        if (highest > top || (highest === top && readElement(view, at) >= SCALAR_ORDER))
            return fail({ kind: 'oversized-value', wire: at / 32 });
    }
    return readElement(view, 0) === 1n ? ok(bytes) : fail({ kind: 'no-constant' });
}
