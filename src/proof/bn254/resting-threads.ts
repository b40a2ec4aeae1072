/** Keeps threads that have nothing to do for whoever opens one next: a thread takes longer to start than a small proof to make. */
import type { ProverEnvironment, ThreadPort, ThreadReply } from './kernel-threads.ts';

/** A thread before it is known who will use it. */
export type FreshThread = Omit<ThreadPort, 'release'>;

export function withRestingThreads(environment: Omit<ProverEnvironment, 'openThread'>, open: () => FreshThread): ProverEnvironment {
  const resting: (() => ThreadPort)[] = [];

  const reusable = (thread: FreshThread): (() => ThreadPort) => {
    let user: ((reply: ThreadReply) => void) | null = null;
    thread.listen((reply) => user?.(reply));
    const use = (): ThreadPort => {
      let isGone = false;
      return {
        post: (message) => thread.post(message),
        listen: (onReply) => void (user = onReply),
        end() {
          if (!isGone) thread.end();
          isGone = true;
        },
        release() {
          if (isGone) return;
          isGone = true;
          user = null;
          thread.post('rest');
          resting.push(use);
        },
      };
    };
    return use;
  };
  return { ...environment, openThread: () => (resting.pop() ?? reusable(open()))() };
}
