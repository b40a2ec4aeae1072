/** A Groth16 proving key, opened for any number of proofs: threads, memory and converted points stay until it is closed. */
import { SCALAR_ORDER } from "../../protocol/field.js";
import { ok } from "../../protocol/result.js";
import { compileKernel, exactArithmetic } from "../bn254/kernel.js";
import { callersThread, kernelThreads } from "../bn254/kernel-threads.js";
import { loadKey, wipeWitness } from "./loaded-key.js";
import { prove } from "./prove.js";
import { openProvingKey } from "./proving-key.js";
/** More threads than this wait for each other. */
const MOST_THREADS = 16;
export async function openProver(source, environment, { threads: cap, arithmetic, signal } = {}, onProgress = () => undefined) {
    const { sharesMemory } = environment;
    const threads = sharesMemory ? Math.max(1, Math.min(cap ?? MOST_THREADS, environment.cores, MOST_THREADS)) : 1;
    // Opened first: they start while the kernel is written and the key's header is read.
    const ports = sharesMemory ? Array.from({ length: threads }, () => environment.openThread()) : [];
    const end = () => ports.forEach((port) => port.end());
    signal?.addEventListener('abort', end, { once: true });
    try {
        const file = await openProvingKey(source);
        const kernel = await compileKernel(arithmetic ?? (await exactArithmetic()), sharesMemory);
        signal?.throwIfAborted();
        const key = file.ok
            ? await loadKey(file.value, kernel, sharesMemory, threads, async (memory, scratches) => {
                const opened = sharesMemory ? kernelThreads(ports, kernel, memory, scratches) : await callersThread(kernel, memory, scratches[0]);
                signal?.addEventListener('abort', opened.end, { once: true });
                return opened;
            }, (done, of) => onProgress('key', done, of))
            : file;
        if (!key.ok) {
            end();
            return key;
        }
        return ok(openedProver(key.value, { kernel: kernel.arithmetic, threads, sharesMemory }));
    }
    catch (error) {
        end();
        throw error;
    }
}
function openedProver(key, metadata) {
    let last = Promise.resolve();
    return {
        file: key.file,
        metadata,
        prove(witness, onProgress) {
            const proving = last.then(() => prove(key, witness, randomScalar, onProgress ?? (() => undefined)));
            // The witness, and all that was made of it, stays in no memory once there is a proof.
            last = proving.then(() => wipeWitness(key), () => undefined);
            return proving;
        },
        close: () => key.threads.end(),
    };
}
/** 2^512 is so much larger than r that no residue is likelier than another by more than 2^−258. */
function randomScalar() {
    return crypto.getRandomValues(new BigUint64Array(8)).reduce((value, word) => (value << 64n) + word, 0n) % SCALAR_ORDER;
}
