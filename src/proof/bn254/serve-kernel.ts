/** A thread's own side: an instance of the kernel that does one task after the other. */
import { Kernel } from './kernel.ts';
import { runTask } from './kernel-task.ts';
import type { ThreadMessage, ThreadReply } from './kernel-threads.ts';

/** What comes in is handed to the function that this returns. */
export function serveKernel(reply: (reply: ThreadReply) => void): (message: ThreadMessage) => Promise<void> {
  let kernel: Kernel | null = null;
  return async (message) => {
    try {
      if (message === 'rest') {
        kernel = null;
        return;
      }
      if ('kernel' in message) {
        kernel = await Kernel.instantiate(message.kernel, message.memory, message.scratch);
        reply({ result: null, milliseconds: 0 });
        return;
      }
      if (kernel === null) throw new Error('a thread was given a task before its kernel');
      // Another thread made the memory larger: growing it by nothing shows this one all of it.
      if (kernel.memory.buffer.byteLength < message.bytes) kernel.memory.grow(0);
      const started = performance.now();
      const result = runTask(kernel, message.task, message.room);
      reply({ result, milliseconds: performance.now() - started });
    } catch (error) {
      reply({ error: error instanceof Error ? error.message : String(error) });
    }
  };
}
