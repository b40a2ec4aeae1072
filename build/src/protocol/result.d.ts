/** A step that may fail in an expected way returns its outcome as a value, so that it crosses threads unchanged. */
export type Result<Value, Failure> = {
    readonly ok: true;
    readonly value: Value;
} | {
    readonly ok: false;
    readonly failure: Failure;
};
/**
 * Wraps a value as a success.
 * @example
 * ok(7) // { ok: true, value: 7 }
 */
export declare function ok<Value>(value: Value): {
    readonly ok: true;
    readonly value: Value;
};
/**
 * Wraps an expected failure. A failure is plain data with a `kind`; its words live in `messages/`.
 * @example
 * fail({ kind: 'quota', needed: 40_000_000 }) // { ok: false, failure: { kind: 'quota', needed: 40000000 } }
 */
export declare function fail<Failure>(failure: Failure): {
    readonly ok: false;
    readonly failure: Failure;
};
