/** The container of iden3's file formats (.r1cs, .wtns, .zkey): four letters, a version, and numbered sections with their lengths. */
const HEADER = 12;
const SECTION_HEADER = 12;
export function writeSections(type, version, sections) {
    const length = sections.reduce((sum, { bytes }) => sum + SECTION_HEADER + bytes.length, HEADER);
    const file = new Uint8Array(length);
    const view = new DataView(file.buffer);
    file.set(new TextEncoder().encode(type));
    view.setUint32(4, version, true);
    view.setUint32(8, sections.length, true);
    let at = HEADER;
    for (const { number, bytes } of sections) {
        view.setUint32(at, number, true);
        view.setBigUint64(at + 4, BigInt(bytes.length), true);
        file.set(bytes, at + SECTION_HEADER);
        at += SECTION_HEADER + bytes.length;
    }
    return file;
}
/** The sections of an untrusted file by number, as views into it; null unless it is of this type and whole. */
export function readSections(file, type) {
    if (file.length < HEADER || new TextDecoder().decode(file.subarray(0, 4)) !== type)
        return null;
    const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
    const sections = new Map();
    let at = HEADER;
    for (let i = view.getUint32(8, true); i > 0; i--) {
        if (at + SECTION_HEADER > file.length)
            return null;
        const length = Number(view.getBigUint64(at + 4, true));
        sections.set(view.getUint32(at, true), file.subarray(at + SECTION_HEADER, at + SECTION_HEADER + length));
        at += SECTION_HEADER + length;
    }
    // A section that runs past the end leaves `at` there, too.
    return at === file.length ? sections : null;
}
