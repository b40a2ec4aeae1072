export declare const G1_BYTES = 64;
export declare const G2_BYTES = 128;
export interface G1Affine {
    readonly x: bigint;
    readonly y: bigint;
}
export interface G2Affine {
    readonly x: {
        readonly c0: bigint;
        readonly c1: bigint;
    };
    readonly y: {
        readonly c0: bigint;
        readonly c1: bigint;
    };
}
export declare function g1ToBytes({ x, y }: G1Affine): Uint8Array<ArrayBuffer>;
export declare function g2ToBytes({ x, y }: G2Affine): Uint8Array<ArrayBuffer>;
/** Null unless the bytes are a point of the group other than infinity, with coordinates below q: the library refuses larger ones. */
export declare function readG1(bytes: Uint8Array): G1Affine | null;
/** As {@link readG1}; a point of the curve outside the group of order r is refused too, which the library's check includes. */
export declare function readG2(bytes: Uint8Array): G2Affine | null;
/** Whether two points are equal or each other's negative: those are the two points of a curve with one x. */
export declare function sameUpToSign(a: G2Affine, b: G2Affine): boolean;
export declare const G2_GENERATOR: G2Affine;
