/** Bytes and their hexadecimal text, the two forms in which every id travels. */
const digits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
/**
 * @example
 * toHex(new Uint8Array([1, 255])) // '0x01ff'
 */
export function toHex(bytes) {
    let text = '0x';
    for (const byte of bytes)
        text += digits[byte];
    return text;
}
/**
 * @throws RangeError when the text is not `0x` and an even number of hexadecimal digits: parse untrusted text with {@link isHex} first.
 * @example
 * fromHex('0x01ff') // Uint8Array [1, 255]
 */
export function fromHex(text) {
    if (!isHex(text))
        throw new RangeError(`not hexadecimal: ${String(text).slice(0, 80)}`);
    const bytes = new Uint8Array((text.length - 2) / 2);
    for (let i = 0; i < bytes.length; i++)
        bytes[i] = Number.parseInt(text.slice(2 + 2 * i, 4 + 2 * i), 16);
    return bytes;
}
/** Whether a value is `0x` and whole bytes of hexadecimal digits, of exactly `length` bytes if that is given. */
export function isHex(value, length) {
    return typeof value === 'string' && /^0x(?:[0-9a-fA-F]{2})*$/.test(value) && (length === undefined || value.length === 2 + 2 * length);
}
export function utf8(text) {
    return new TextEncoder().encode(text);
}
export function concatBytes(...parts) {
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let offset = 0;
    for (const part of parts) {
        whole.set(part, offset);
        offset += part.length;
    }
    return whole;
}
export function equalBytes(a, b) {
    return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
