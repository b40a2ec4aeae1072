/**
 * Wraps a value as a success.
 * @example
 * ok(7) // { ok: true, value: 7 }
 */
export function ok(value) {
    return { ok: true, value };
}
/**
 * Wraps an expected failure. A failure is plain data with a `kind`; its words live in `messages/`.
 * @example
 * fail({ kind: 'quota', needed: 40_000_000 }) // { ok: false, failure: { kind: 'quota', needed: 40000000 } }
 */
export function fail(failure) {
    return { ok: false, failure };
}
