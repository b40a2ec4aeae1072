/** What is used of circom_runtime, which brings no types. */
declare module 'circom_runtime' {
  interface WitnessCalculator {
    /** Words of 32 bits in a field element. */
    readonly n32: number;
    calculateBinWitness(input: Readonly<Record<string, unknown>>): Promise<Uint8Array<ArrayBuffer>>;
  }
  export function WitnessCalculatorBuilder(code: Uint8Array<ArrayBuffer>): Promise<WitnessCalculator>;
}
