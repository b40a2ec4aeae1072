/** Computes a circuit's witness from inputs, by the WebAssembly that circom made of the circuit. */
import { fail } from "../../protocol/result.js";
import { bytesSource } from "./byte-source.js";
import { checkedWitness, readWitness } from "./witness-file-reader.js";
/** Words of 32 bits in a field element. */
const SCALAR_WORDS = 8;
/** @returns 32 bytes a wire, little-endian, each below r */
export async function circomWitness(program, input) {
    // Loaded here: whoever brings a finished witness needs none of it.
    const { WitnessCalculatorBuilder } = await import('circom_runtime');
    try {
        const calculator = await WitnessCalculatorBuilder(program);
        if (calculator.n32 !== SCALAR_WORDS)
            return fail({ kind: 'witness-of-other-curve' });
        const integers = integersOf(input);
        // What circom 1 made answers with values alone, what circom 2 makes with a file.
        if (calculator.circom_version() === 1)
            return checkedWitness(await calculator.calculateBinWitness(integers));
        return await readWitness(bytesSource(await calculator.calculateWTNSBin(integers)));
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
