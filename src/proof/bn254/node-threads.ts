/** The prover's environment in Node: worker threads, whose memory is always shared. */
import { availableParallelism } from 'node:os';
import v8 from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { ThreadReply } from './kernel-threads.ts';
import { withRestingThreads } from './resting-threads.ts';

// Node 20 has relaxed SIMD behind this flag, which works at run time; later versions have it anyway.
if (Number(process.versions.node.split('.')[0]) < 22) v8.setFlagsFromString('--experimental-wasm-relaxed-simd');

export const nodeEnvironment = withRestingThreads({ sharesMemory: true, cores: availableParallelism() }, () => {
  const worker = new Worker(new URL('../../../workers/kernel-node.js', import.meta.url), { resourceLimits: { maxYoungGenerationSizeMb: 2 } });
  // The process waits for threads that owe an answer, and for no other.
  let waiting = 0;
  return {
    post(message) {
      worker.postMessage(message);
      if (message === 'rest') return;
      waiting++;
      worker.ref();
    },
    listen(onReply) {
      worker.on('message', (reply: ThreadReply) => {
        if (--waiting === 0) worker.unref();
        onReply(reply);
      });
      worker.on('error', (error) => onReply({ error: error.message }));
    },
    end: () => void worker.terminate(),
  };
});
