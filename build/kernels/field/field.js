/** Bytes of one element in memory, whichever the arithmetic. */
export const ELEMENT_BYTES = 40;
/** The one non-negative representative. */
export function modulo(value, prime) {
    const rest = value % prime;
    return rest < 0n ? rest + prime : rest;
}
/** −1/p modulo 2^bits, by Newton's iteration. */
export function negatedInverse(prime, bits) {
    let inverse = 1n;
    for (let known = 1; known < bits; known *= 2)
        inverse = BigInt.asUintN(bits, inverse * (2n - prime * inverse));
    return BigInt.asUintN(bits, -inverse);
}
/** By Fermat's little theorem; 0 for 0. */
export function inverseModulo(value, prime) {
    let [result, square] = [1n, modulo(value, prime)];
    for (let rest = prime - 2n; rest > 0n; rest >>= 1n) {
        if (rest & 1n)
            result = (result * square) % prime;
        square = (square * square) % prime;
    }
    return result;
}
