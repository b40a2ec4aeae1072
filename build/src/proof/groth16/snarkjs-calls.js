/** snarkjs's calls for Groth16, with the same arguments in the same order, over any way of opening a circuit. */
import { groth16Words } from "../../../messages/en/groth16-words.js";
/** Something is wrong with a file or an input; the message says what to do, `failure` says it to programs. */
export class Groth16Error extends Error {
    name = 'Groth16Error';
    failure;
    constructor(failure) {
        super(groth16Words(failure));
        this.failure = failure;
    }
}
/** One-shot calls from an `open`. */
export function snarkjsCalls(open) {
    const once = async (zkey, options, proving) => {
        const circuit = await open(zkey, options);
        try {
            return await proving(circuit);
        }
        finally {
            circuit.close();
        }
    };
    return {
        open,
        prove: (zkey, witness, _logger, options = {}) => once(zkey, options, (circuit) => circuit.prove(witness, options)),
        fullProve: (input, program, zkey, _logger, _witnessOptions, options = {}) => once(zkey, options, (circuit) => circuit.fullProve(input, program, options)),
    };
}
export function groth16Proof({ proof, publicSignals, metadata }) {
    return { proof, publicSignals: [...publicSignals], metadata };
}
/** How many threads at most: undefined for as many as there are. */
export function threadCap({ threads, singleThread }) {
    return singleThread === true ? 1 : threads;
}
