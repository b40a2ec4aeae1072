import { blobSource } from "./byte-source.js";
import { openCircuit } from "./open-circuit.js";
export function serveGroth16(environment, reply) {
    let circuit = null;
    return async (message) => {
        if (message === 'close') {
            circuit?.close();
            circuit = null;
            return;
        }
        const { call, request } = message;
        const onProgress = (stage, done, of) => reply({ call, progress: { stage, done, of } });
        try {
            if (request.kind === 'open') {
                const { threads, arithmetic } = request;
                const opened = await openCircuit(blobSource(await blobOf(request.zkey)), environment, { threads, arithmetic }, onProgress);
                if (opened.ok)
                    circuit = opened.value;
                reply(opened.ok ? { call, proof: null } : { call, failure: opened.failure });
                return;
            }
            if (circuit === null)
                throw new Error('a proof was asked for before its key was opened');
            const { files } = request;
            const source = 'witness' in files
                ? { witness: blobSource(await blobOf(files.witness)) }
                : { input: files.input, program: new Uint8Array(await (await blobOf(files.program)).arrayBuffer()) };
            const r1cs = request.r1cs === undefined ? undefined : blobSource(await blobOf(request.r1cs));
            const proven = await circuit.prove(source, r1cs, onProgress);
            reply(proven.ok ? { call, proof: proven.value } : { call, failure: proven.failure });
        }
        catch (error) {
            reply({ call, error: error instanceof Error ? error.message : String(error) });
        }
    };
}
async function blobOf(file) {
    if (typeof file !== 'string')
        return file;
    const response = await fetch(file);
    if (!response.ok)
        throw new Error(`${file} answered ${response.status}`);
    return response.blob();
}
