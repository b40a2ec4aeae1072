/** What is used of circom_runtime, which brings no types. */
declare module 'circom_runtime' {
  interface WitnessCalculator {
    /** Words of 32 bits in a field element. */
    readonly n32: number;
    circom_version(): number;
    /** Of circom 1 alone: 32 bytes a wire. */
    calculateBinWitness(input: Readonly<Record<string, unknown>>): Promise<Uint8Array<ArrayBuffer>>;
    /** Of circom 2 alone: a .wtns file. */
    calculateWTNSBin(input: Readonly<Record<string, unknown>>): Promise<Uint8Array<ArrayBuffer>>;
  }
  export function WitnessCalculatorBuilder(code: Uint8Array<ArrayBuffer>): Promise<WitnessCalculator>;
}
