/** From files to a proof: what the library and the command do with a proving key, witnesses, and circom's witness programs. */
import { fail, ok } from "../../protocol/result.js";
import { sameUpToSign, G2_GENERATOR } from "../../protocol/bn254-points.js";
import { circomWitness } from "./circom-witness.js";
import { firstBrokenConstraint } from "./first-broken-constraint.js";
import { openProver } from "./open-prover.js";
import { readWitness } from "./witness-file-reader.js";
export async function openCircuit(zkey, environment, options, onProgress) {
    const opened = await openProver(zkey, environment, options, onProgress);
    if (!opened.ok)
        return opened;
    const prover = opened.value;
    return ok({
        async prove(source, r1cs, onProveProgress) {
            const started = performance.now();
            const witness = await witnessOf(source);
            if (!witness.ok)
                return witness;
            const broken = r1cs ? await firstBrokenConstraint(r1cs, witness.value) : ok(null);
            if (!broken.ok)
                return broken;
            if (broken.value !== null)
                return fail({ kind: 'unsatisfied', constraint: broken.value });
            const proven = await prover.prove(witness.value, onProveProgress);
            if (!proven.ok)
                return proven;
            const { stages, ...proof } = proven.value;
            const milliseconds = performance.now() - started;
            return ok({ ...proof, metadata: { ...prover.metadata, stages, milliseconds, forgeable: isForgeable(prover.file) } });
        },
        close: prover.close,
    });
}
async function witnessOf(source) {
    return 'witness' in source ? readWitness(source.witness) : circomWitness(source.program, source.input);
}
/** With γ = ±δ, as in a key straight from `zkey new`, the verification key alone makes proofs for any public signals. */
function isForgeable({ verificationKey: { gamma, delta } }) {
    return sameUpToSign(gamma, delta) || sameUpToSign(delta, G2_GENERATOR);
}
