/** The prover's environment in a browser: module workers, and shared memory where the page is cross-origin isolated. */
import type { ProverEnvironment, ThreadPort, ThreadReply } from './kernel-threads.ts';

export const webEnvironment: ProverEnvironment = {
  sharesMemory: globalThis.crossOriginIsolated,
  cores: navigator.hardwareConcurrency,
  openThread(): ThreadPort {
    const worker = new Worker(new URL('../../../workers/kernel.js', import.meta.url), { type: 'module' });
    return {
      post: (message) => worker.postMessage(message),
      listen(onReply) {
        worker.addEventListener('message', ({ data }: MessageEvent<ThreadReply>) => onReply(data));
        worker.addEventListener('error', (event) => onReply({ error: event.message || 'a thread of the prover did not load' }));
      },
      end: () => worker.terminate(),
    };
  },
};
