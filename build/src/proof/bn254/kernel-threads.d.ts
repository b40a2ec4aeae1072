/** Threads that run the prover's tasks over one memory: as many as there are, the most urgent task first. */
import { type CompiledKernel } from './kernel.ts';
import { type KernelTask, type TaskResult } from './kernel-task.ts';
/** What a browser's worker and Node have each in their own way. */
export interface ProverEnvironment {
    /** Whether threads may share memory: in browsers, whether the page is cross-origin isolated. */
    readonly sharesMemory: boolean;
    /** Threads that the machine has. */
    readonly cores: number;
    readonly openThread: () => ThreadPort;
}
/** A thread as whoever opened it sees it. */
export interface ThreadPort {
    post(message: ThreadMessage): void;
    /** Called once: all replies go there, and whatever ends the thread before its time. */
    listen(onReply: (reply: ThreadReply) => void): void;
    /** Ends it, whatever it is at. */
    end(): void;
    /** Gives it back, with nothing to do, to be opened again or ended. */
    release(): void;
}
/** What a thread is told first, then for each task, and when its work is done. */
export type ThreadMessage = 
/** It forgets kernel and memory, and waits for others. */
'rest' | {
    readonly kernel: CompiledKernel;
    readonly memory: WebAssembly.Memory;
    readonly scratch: number;
} | {
    readonly task: KernelTask;
    readonly room: number;
};
/** What it says: nothing in particular when it is ready, then the result of each task, or why there is none. */
export type ThreadReply = DoneTask | {
    readonly error: string;
};
export interface DoneTask {
    readonly result: TaskResult;
    /** How long it took its thread. */
    readonly milliseconds: number;
}
export interface KernelThreads {
    readonly count: number;
    /** @param urgency lower goes first; equals go in the order in which they were asked for */
    run(task: KernelTask, urgency: number): Promise<DoneTask>;
    /** Where each thread's room is, from now on. */
    giveRooms(rooms: readonly number[]): void;
    /** Ends all threads now: tasks that are not done are rejected. */
    readonly end: () => void;
}
/**
 * Hands tasks out as threads become ready for them.
 * @param ports threads that were just opened
 * @param scratches for each thread the address of its scratch
 */
export declare function kernelThreads(ports: readonly ThreadPort[], kernel: CompiledKernel, memory: WebAssembly.Memory, scratches: readonly number[]): KernelThreads;
/** No thread but the caller's, where memory cannot be shared. Between tasks the caller gets a turn. */
export declare function callersThread(kernel: CompiledKernel, memory: WebAssembly.Memory, scratch: number): Promise<KernelThreads>;
