export interface Trapdoor {
    readonly tau: bigint;
    readonly alpha: bigint;
    readonly beta: bigint;
    readonly gamma: bigint;
    readonly delta: bigint;
}
/** SHA-256 of a public sentence each, mod r. */
export declare const DEVELOPMENT_TRAPDOOR: Trapdoor;
/** α β γ δ as the first 448 bytes of every development verification key. */
export declare const DEVELOPMENT_POINTS: Uint8Array<ArrayBuffer>;
/** Whether a verification key is a development key: then its proofs prove nothing to anyone. */
export declare function isDevelopmentKey(key: Uint8Array): boolean;
