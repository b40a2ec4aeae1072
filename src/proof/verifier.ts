/** The verifying half of the proof door. It answers whether the equation holds, and nothing about keys, chains or data. */
export interface Verifier {
  /**
   * @param key 704 bytes for Groth16
   * @param signals `[domain, digest, fold]`, each below the scalar field's order
   * @param proof 256 bytes for Groth16
   */
  verify(key: Uint8Array, signals: readonly [bigint, bigint, bigint], proof: Uint8Array): Promise<boolean>;
}
