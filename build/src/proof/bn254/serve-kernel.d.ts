import type { ThreadMessage, ThreadReply } from './kernel-threads.ts';
/** What comes in is handed to the function that this returns. */
export declare function serveKernel(reply: (reply: ThreadReply) => void): (message: ThreadMessage) => Promise<void>;
