/** `prooftab/groth16` in Node: a drop-in for snarkjs's `groth16.prove` and `groth16.fullProve`. */
import { open as openFile, readFile } from 'node:fs/promises';
import { nodeEnvironment } from "../bn254/node-threads.js";
import { blobSource, bytesSource } from "./byte-source.js";
import { openCircuit } from "./open-circuit.js";
import { Groth16Error, groth16Proof, snarkjsCalls, threadCap } from "./snarkjs-calls.js";
export { Groth16Error } from "./snarkjs-calls.js";
/** Reads of a path only what is asked for. */
async function withSource(file, use) {
    if (typeof file !== 'string')
        return use(sourceOf(file));
    const handle = await openFile(file);
    try {
        const { size } = await handle.stat();
        return await use({
            size,
            async read(offset, length) {
                const bytes = new Uint8Array(length);
                let done = 0;
                while (done < length) {
                    const { bytesRead } = await handle.read(bytes, done, length - done, offset + done);
                    if (bytesRead === 0)
                        throw new Error(`${file} became shorter while it was read`);
                    done += bytesRead;
                }
                return bytes;
            },
        });
    }
    finally {
        await handle.close();
    }
}
function sourceOf(file) {
    if (file instanceof Uint8Array)
        return bytesSource(file);
    return file instanceof Blob ? blobSource(file) : bytesSource(file.data);
}
async function bytesOf(file) {
    if (typeof file === 'string')
        return readFile(file);
    return withSource(file, async (source) => Uint8Array.from(await source.read(0, source.size)));
}
const open = async (zkey, options = {}) => {
    options.signal?.throwIfAborted();
    const { kernel: arithmetic, signal } = options;
    const opened = await withSource(zkey, (source) => openCircuit(source, nodeEnvironment, { threads: threadCap(options), arithmetic, signal }, (stage, done, of) => options.onProgress?.({ stage, done, of }))).catch((error) => {
        signal?.throwIfAborted();
        throw error;
    });
    if (!opened.ok)
        throw new Groth16Error(opened.failure);
    const circuit = opened.value;
    const proveWith = async (source, r1cs, { signal, onProgress }) => {
        const proving = circuit.prove(source, r1cs, (stage, done, of) => onProgress?.({ stage, done, of }));
        return proofOr(await unlessAborted(signal, proving, circuit.close));
    };
    const prove = (source, options) => options.r1cs === undefined ? proveWith(source, undefined, options) : withSource(options.r1cs, (r1cs) => proveWith(source, r1cs, options));
    return {
        prove: (witness, proofOptions = {}) => withSource(witness, (source) => prove({ witness: source }, proofOptions)),
        fullProve: async (input, program, proofOptions = {}) => prove({ input, program: await bytesOf(program) }, proofOptions),
        close: circuit.close,
    };
};
function proofOr(proven) {
    if (!proven.ok)
        throw new Groth16Error(proven.failure);
    return groth16Proof(proven.value);
}
/** @param end what stops the work: threads that are ended answer nothing */
async function unlessAborted(signal, work, end) {
    if (!signal)
        return work;
    return new Promise((resolve, reject) => {
        const abort = () => {
            end();
            reject(signal.reason);
        };
        void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
        signal.addEventListener('abort', abort, { once: true });
        if (signal.aborted)
            abort();
    });
}
export const groth16 = snarkjsCalls(open);
