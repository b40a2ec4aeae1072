/** The part of snarkjs that this project calls; the package ships no types. */
declare module 'snarkjs' {
  interface MemoryFile {
    readonly type: 'mem';
    readonly data: Uint8Array;
  }

  interface SnarkjsProofJson {
    readonly pi_a: readonly string[];
    readonly pi_b: readonly (readonly string[])[];
    readonly pi_c: readonly string[];
    readonly protocol: 'groth16';
    readonly curve: 'bn128';
  }

  export const groth16: {
    prove(zkey: MemoryFile, witness: MemoryFile): Promise<{ proof: SnarkjsProofJson; publicSignals: string[] }>;
    verify(key: object, publicSignals: readonly string[], proof: object): Promise<boolean>;
  };

  export const zKey: {
    exportVerificationKey(zkey: MemoryFile): Promise<object>;
  };

  export const wtns: {
    /** Whether a witness satisfies a relation, by snarkjs's own reading of both files. */
    check(r1cs: MemoryFile, witness: MemoryFile, logger: Record<'info' | 'warn', (line: string) => void>): Promise<boolean>;
  };

  export const curves: {
    getCurveFromName(name: 'bn128', options?: { readonly singleThread: boolean }): Promise<object>;
  };
}
