import { Groth16Error, groth16Proof, snarkjsCalls, threadCap } from "./snarkjs-calls.js";
export { Groth16Error } from "./snarkjs-calls.js";
const open = async (zkey, options = {}) => {
    // A worker for the whole circuit, which opens the threads: ending it ends everything, whatever it is at.
    const worker = new Worker(new URL('../../../workers/groth16.js', import.meta.url), { type: 'module' });
    const waiting = new Map();
    worker.addEventListener('message', ({ data }) => waiting.get(data.call)?.(data));
    worker.addEventListener('error', (event) => {
        for (const [call, answer] of waiting)
            answer({ call, error: event.message || 'the prover did not load: is its worker served?' });
    });
    let calls = 0;
    const ask = (request, { signal, onProgress }) => new Promise((resolve, reject) => {
        const call = calls++;
        const end = (settle) => {
            waiting.delete(call);
            signal?.removeEventListener('abort', abort);
            settle();
        };
        const abort = () => {
            worker.terminate();
            end(() => reject(signal?.reason));
        };
        signal?.addEventListener('abort', abort, { once: true });
        waiting.set(call, (reply) => {
            if ('progress' in reply)
                onProgress?.(reply.progress);
            else if ('failure' in reply)
                end(() => reject(new Groth16Error(reply.failure)));
            else if ('error' in reply)
                end(() => reject(new Error(reply.error)));
            else
                end(() => resolve(reply.proof));
        });
        if (signal?.aborted)
            abort();
        else
            worker.postMessage({ call, request });
    });
    const prove = async (files, proofOptions) => {
        const r1cs = proofOptions.r1cs === undefined ? undefined : transferable(proofOptions.r1cs);
        const proof = await ask({ kind: 'prove', files, r1cs }, proofOptions);
        if (proof === null)
            throw new Error('the prover answered without a proof');
        return groth16Proof(proof);
    };
    try {
        await ask({ kind: 'open', zkey: transferable(zkey), threads: threadCap(options), arithmetic: options.kernel }, options);
    }
    catch (error) {
        worker.terminate();
        throw error;
    }
    return {
        prove: (witness, proofOptions = {}) => prove({ witness: transferable(witness) }, proofOptions),
        fullProve: (input, program, proofOptions = {}) => prove({ input, program: transferable(program) }, proofOptions),
        close: () => worker.terminate(),
    };
};
/** Relative URLs are the page's, not the worker's; bytes go over as a Blob, of which the worker reads section by section. */
function transferable(file) {
    if (typeof file === 'string')
        return new URL(file, location.href).href;
    if (file instanceof Blob)
        return file;
    return new Blob([(file instanceof Uint8Array ? file : file.data)]);
}
export const groth16 = snarkjsCalls(open);
