/** The prover's environment in a browser: module workers, and shared memory where the page is cross-origin isolated. */
import type { ThreadReply } from './kernel-threads.ts';
import { withRestingThreads } from './resting-threads.ts';

// A worker may be served under a policy that asks for trusted types, as pages are: it trusts scripts of its own origin.
const { trustedTypes } = globalThis as {
  readonly trustedTypes?: { readonly defaultPolicy: unknown; createPolicy(name: string, rules: object): unknown };
};
if (trustedTypes?.defaultPolicy === null)
  trustedTypes.createPolicy('default', {
    createScriptURL: (url: string) => (new URL(url, location.href).href.startsWith(`${location.origin}/`) ? url : null),
  });

export const webEnvironment = withRestingThreads({ sharesMemory: globalThis.crossOriginIsolated, cores: navigator.hardwareConcurrency }, () => {
  const worker = new Worker(new URL('../../../workers/kernel.js', import.meta.url), { type: 'module' });
  return {
    post: (message) => worker.postMessage(message),
    listen(onReply) {
      worker.addEventListener('message', ({ data }: MessageEvent<ThreadReply>) => onReply(data));
      worker.addEventListener('error', (event) => onReply({ error: event.message || 'a thread of the prover did not load' }));
    },
    end: () => worker.terminate(),
  };
});
