/** A thread's own side: an instance of the kernel that does one task after the other. */
import { Kernel } from "./kernel.js";
import { runTask } from "./kernel-task.js";
/** What comes in is handed to the function that this returns. */
export function serveKernel(reply) {
    let kernel = null;
    return async (message) => {
        try {
            if (message === 'rest') {
                kernel = null;
                return;
            }
            if ('kernel' in message) {
                kernel = await Kernel.instantiate(message.kernel, message.memory, message.scratch);
                reply({ result: [], milliseconds: 0 });
                return;
            }
            if (kernel === null)
                throw new Error('a thread was given a task before its kernel');
            const started = performance.now();
            const result = runTask(kernel, message.task, message.room);
            reply({ result, milliseconds: performance.now() - started });
        }
        catch (error) {
            reply({ error: error instanceof Error ? error.message : String(error) });
        }
    };
}
