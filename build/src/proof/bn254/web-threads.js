import { withRestingThreads } from "./resting-threads.js";
export const webEnvironment = withRestingThreads({ sharesMemory: globalThis.crossOriginIsolated, cores: navigator.hardwareConcurrency }, () => {
    const worker = new Worker(new URL('../../../workers/kernel.js', import.meta.url), { type: 'module' });
    return {
        post: (message) => worker.postMessage(message),
        listen(onReply) {
            worker.addEventListener('message', ({ data }) => onReply(data));
            worker.addEventListener('error', (event) => onReply({ error: event.message || 'a thread of the prover did not load' }));
        },
        end: () => worker.terminate(),
    };
});
