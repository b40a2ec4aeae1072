/** Where the sections of an iden3 file (.zkey, .wtns, .r1cs) lie, read from a source of any size. */
import { fail, ok } from "../../protocol/result.js";
const HEADER_BYTES = 12;
const SECTION_HEADER_BYTES = 12;
/** More than any version of the formats has. */
const MOST_SECTIONS = 64;
/** @param type the four letters that the file starts with */
export async function sectionTable(source, type) {
    if (source.size < HEADER_BYTES)
        return fail('other-type');
    const header = await source.read(0, HEADER_BYTES);
    if (new TextDecoder().decode(header.subarray(0, 4)) !== type)
        return fail('other-type');
    const count = viewOf(header).getUint32(8, true);
    if (count > MOST_SECTIONS)
        return fail('truncated');
    const places = new Map();
    let at = HEADER_BYTES;
    for (let i = 0; i < count; i++) {
        if (at + SECTION_HEADER_BYTES > source.size)
            return fail('truncated');
        const view = viewOf(await source.read(at, SECTION_HEADER_BYTES));
        const length = Number(view.getBigUint64(4, true));
        at += SECTION_HEADER_BYTES;
        places.set(view.getUint32(0, true), { offset: at, length });
        at += length;
    }
    return at <= source.size ? ok(places) : fail('truncated');
}
export function viewOf(bytes) {
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
