/** Computes a circuit's witness from inputs, by the WebAssembly that circom made of the circuit. */
import { fail, ok } from "../../protocol/result.js";
/** @returns 32 bytes a wire, little-endian */
export async function circomWitness(program, input) {
    // Loaded here: whoever brings a finished witness needs none of it.
    const { WitnessCalculatorBuilder } = await import('circom_runtime');
    try {
        const calculator = await WitnessCalculatorBuilder(program);
        if (calculator.n32 !== 8)
            return fail({ kind: 'witness-program', detail: 'the program computes in another field than BN254’s' });
        return ok(await calculator.calculateBinWitness(integersOf(input)));
    }
    catch (error) {
        return fail({ kind: 'witness-program', detail: error instanceof Error ? error.message.trim() : String(error) });
    }
}
/** The program takes integers, and reads text as names of nothing. */
function integersOf(value) {
    const convert = (each) => {
        if (typeof each === 'string' && /^-?(\d+|0x[\da-f]+)$/i.test(each))
            return BigInt(each);
        if (typeof each === 'boolean')
            return each ? 1n : 0n;
        if (Array.isArray(each))
            return each.map(convert);
        if (typeof each === 'object' && each !== null)
            return Object.fromEntries(Object.entries(each).map(([key, inner]) => [key, convert(inner)]));
        return each;
    };
    return convert(value);
}
