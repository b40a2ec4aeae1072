/** As in snarkjs's proof.json. */
export interface SnarkjsProof {
    readonly pi_a: readonly string[];
    readonly pi_b: readonly (readonly string[])[];
    readonly pi_c: readonly string[];
    readonly protocol: 'groth16';
    readonly curve: 'bn128';
}
export declare function proofToBytes(proof: Pick<SnarkjsProof, 'pi_a' | 'pi_b' | 'pi_c'>): Uint8Array<ArrayBuffer>;
/** Null unless the bytes are three points of their groups, and nothing more. */
export declare function proofFromBytes(bytes: Uint8Array): SnarkjsProof | null;
