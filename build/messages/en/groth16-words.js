const SYSTEMS = { plonk: 'PLONK', fflonk: 'fflonk', unknown: 'a proof system that is not known here' };
const CURVES = { 'bls12-381': 'BLS12-381', unknown: 'a curve that is not known here' };
export function groth16Words(failure) {
    switch (failure.kind) {
        case 'not-a-key':
            return 'This is no proving key. Name a .zkey file that snarkjs or prooftab made.';
        case 'truncated-key':
            return `The proving key is damaged or cut short${failure.section > 0 ? ` (section ${failure.section})` : ''}. Fetch it again, and compare its hash.`;
        case 'other-system':
            return `The key is for ${SYSTEMS[failure.system]}. Only Groth16 keys are proven with here: make one with "snarkjs groth16 setup".`;
        case 'other-curve':
            return `The key is on ${CURVES[failure.curve]}. Only BN254 (bn128) is proven on here: compile the circuit with "--prime bn128", and make its key again.`;
        case 'oversized-key':
            return `The key's domain has 2^${failure.log} elements. At most 2^22 fit the 4 GiB that WebAssembly addresses: split the circuit.`;
        case 'not-a-witness':
            return 'This is no witness. Name a .wtns file, as circom\'s programs and "snarkjs wtns calculate" write it.';
        case 'truncated-witness':
            return 'The witness is damaged or cut short. Compute it again.';
        case 'witness-of-other-curve':
            return 'The witness is in another field than BN254\'s. Compile the circuit with "--prime bn128".';
        case 'oversized-value':
            return `The witness is damaged: the value of wire ${failure.wire} is no element of the field. Compute it again.`;
        case 'no-constant':
            return 'The witness is damaged: its first value is not 1. Compute it again.';
        case 'witness-program':
            return `The witness could not be computed: ${failure.detail}. Compare the inputs' names and values with the circuit.`;
        case 'not-a-relation':
            return 'This is no relation over BN254, or it is cut short. Name the .r1cs file that circom wrote beside the program.';
        case 'relation-of-other-circuit':
            return 'The relation has another number of wires than the witness: they are of two circuits, or of two builds of one.';
        case 'witness-size':
            return `The witness has ${failure.given} values and the key wants ${failure.wires}: they are of two circuits, or of two builds of one.`;
        case 'unsatisfied':
            return `The witness does not satisfy the circuit: constraint ${failure.constraint} is the first that it breaks (counted from 0).`;
        case 'proof-rejected':
            return 'The proof does not verify, and was not handed out: the witness does not satisfy the circuit, or the key is damaged. With the .r1cs file the first broken constraint is named.';
    }
}
