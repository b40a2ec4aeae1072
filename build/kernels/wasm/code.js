/**
 * @example
 * bytesOf([1, [2, [3]], 4]) // Uint8Array [1, 2, 3, 4]
 */
export function bytesOf(code) {
    let bytes = new Uint8Array(4096);
    let length = 0;
    const reserve = (more) => {
        if (length + more <= bytes.length)
            return;
        const longer = new Uint8Array(Math.max(2 * bytes.length, length + more));
        longer.set(bytes);
        bytes = longer;
    };
    const write = (piece) => {
        if (typeof piece === 'number') {
            reserve(1);
            bytes[length++] = piece;
        }
        else if (piece instanceof Uint8Array) {
            reserve(piece.length);
            bytes.set(piece, length);
            length += piece.length;
        }
        else {
            for (let i = 0; i < piece.length; i++)
                write(piece[i]);
        }
    };
    write(code);
    return bytes.slice(0, length);
}
