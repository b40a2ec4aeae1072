import { concatBytes } from "../../protocol/bytes.js";
import { BASE_ORDER, SCALAR_ORDER } from "../../protocol/field.js";
import { readSections, writeSections } from "./binary-file.js";
import { readElement, writeElement } from "./little-endian.js";
const GROTH16 = 1;
const FIXED = 84;
const HEADER_BYTES = FIXED + 64 + 64 + 128 + 128 + 64 + 128;
export function writeZkey(content) {
    const fixed = new Uint8Array(FIXED);
    const view = new DataView(fixed.buffer);
    view.setUint32(0, 32, true);
    writeElement(view, 4, BASE_ORDER);
    view.setUint32(36, 32, true);
    writeElement(view, 40, SCALAR_ORDER);
    view.setUint32(72, content.wires, true);
    view.setUint32(76, content.publics, true);
    view.setUint32(80, content.domainSize, true);
    const header = concatBytes(fixed, content.alpha1, content.beta1, content.beta2, content.gamma2, content.delta1, content.delta2);
    // The ceremony's hash (64 bytes) and its number of contributions, none.
    const contributions = new Uint8Array(68);
    contributions.set(new TextEncoder().encode(content.note).subarray(0, 64));
    const { ic, coefficients, a, b1, b2, c, h } = content;
    const sections = [new Uint8Array([GROTH16, 0, 0, 0]), header, ic, coefficients, a, b1, b2, c, h, contributions];
    return writeSections('zkey', 1, sections.map((bytes, i) => ({ number: i + 1, bytes })));
}
/** Null unless the bytes are a Groth16 proving key over BN254 whose sections have the lengths its header asks for. */
export function readZkey(file) {
    const sections = readSections(file, 'zkey');
    const header = sections?.get(2);
    const ic = sections?.get(3);
    if (sections?.get(1)?.[0] !== GROTH16 || header?.length !== HEADER_BYTES || ic === undefined)
        return null;
    const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
    if (readElement(view, 4) !== BASE_ORDER || readElement(view, 40) !== SCALAR_ORDER)
        return null;
    const [wires, publics, domainSize] = [view.getUint32(72, true), view.getUint32(76, true), view.getUint32(80, true)];
    const lengths = [
        [3, 64 * (publics + 1)],
        [5, 64 * wires],
        [6, 64 * wires],
        [7, 128 * wires],
        [8, 64 * (wires - publics - 1)],
        [9, 64 * domainSize],
    ];
    if (lengths.some(([section, length]) => sections?.get(section)?.length !== length))
        return null;
    const icView = new DataView(ic.buffer, ic.byteOffset, ic.byteLength);
    return {
        wires,
        publics,
        domainSize,
        verificationKey: {
            alpha: readG1(view, FIXED),
            beta: readG2(view, FIXED + 128),
            gamma: readG2(view, FIXED + 256),
            delta: readG2(view, FIXED + 448),
            ic: Array.from({ length: publics + 1 }, (_, i) => readG1(icView, 64 * i)),
        },
    };
}
/** 2^-256 mod q, which takes a coordinate out of Montgomery form. */
const FROM_MONTGOMERY = 20988524275117001072002809824448087578619730785600314334253784976379291040311n;
function coordinate(view, offset) {
    return (readElement(view, offset) * FROM_MONTGOMERY) % BASE_ORDER;
}
export function readG1(view, offset) {
    return { x: coordinate(view, offset), y: coordinate(view, offset + 32) };
}
export function readG2(view, offset) {
    const part = (i) => coordinate(view, offset + 32 * i);
    return { x: { c0: part(0), c1: part(1) }, y: { c0: part(2), c1: part(3) } };
}
