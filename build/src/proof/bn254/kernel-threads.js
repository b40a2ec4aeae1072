/** Threads that run the prover's tasks over one memory: as many as there are, the most urgent task first. */
import { Kernel } from "./kernel.js";
import { runTask } from "./kernel-task.js";
/**
 * Hands tasks out as threads become ready for them.
 * @param ports threads that were just opened
 * @param scratches for each thread the address of its scratch
 */
export function kernelThreads(ports, kernel, memory, scratches) {
    const queue = new TaskQueue();
    const idle = new Set();
    const underWay = new Map();
    let rooms = [];
    const next = () => {
        for (const thread of [...idle]) {
            const first = queue.take();
            if (first === null)
                return;
            idle.delete(thread);
            underWay.set(thread, first);
            ports[thread].post({ task: first.task, room: rooms[thread] });
        }
    };
    const breakDown = (message) => {
        queue.close(new Error(message));
        for (const waiting of underWay.values())
            waiting.reject(new Error(message));
        underWay.clear();
        // Whoever is at something must be stopped; the others may serve the next key.
        ports.forEach((port, thread) => (idle.has(thread) ? port.release() : port.end()));
        idle.clear();
    };
    ports.forEach((port, thread) => {
        port.listen((reply) => {
            if ('error' in reply) {
                breakDown(reply.error);
                return;
            }
            underWay.get(thread)?.resolve(reply);
            underWay.delete(thread);
            idle.add(thread);
            next();
        });
        port.post({ kernel, memory, scratch: scratches[thread] });
    });
    return {
        count: ports.length,
        run(task, urgency) {
            const done = queue.add(task, urgency);
            next();
            return done;
        },
        giveRooms: (given) => void (rooms = given),
        end: () => breakDown(CLOSED),
    };
}
/** No thread but the caller's, where memory cannot be shared. Between tasks the caller gets a turn. */
export async function callersThread(kernel, memory, scratch) {
    const instance = await Kernel.instantiate(kernel, memory, scratch);
    const { port1, port2 } = new MessageChannel();
    const queue = new TaskQueue();
    let room = 0;
    port2.onmessage = () => {
        const first = queue.take();
        if (first === null)
            return;
        try {
            const started = performance.now();
            const result = runTask(instance, first.task, room);
            first.resolve({ result, milliseconds: performance.now() - started });
        }
        catch (error) {
            first.reject(error instanceof Error ? error : new Error(String(error)));
        }
    };
    return {
        count: 1,
        run(task, urgency) {
            const done = queue.add(task, urgency);
            port1.postMessage(null);
            return done;
        },
        giveRooms: ([given = 0]) => void (room = given),
        end() {
            queue.close(new Error(CLOSED));
            port1.close();
        },
    };
}
const CLOSED = 'the prover was closed';
class TaskQueue {
    #waiting = [];
    #closed = null;
    add(task, urgency) {
        return new Promise((resolve, reject) => {
            if (this.#closed)
                reject(this.#closed);
            else
                this.#waiting.push({ task, urgency, resolve, reject });
        });
    }
    /** The most urgent task; the first of equals. */
    take() {
        if (this.#waiting.length === 0)
            return null;
        const first = this.#waiting.reduce((least, waiting) => (waiting.urgency < least.urgency ? waiting : least));
        this.#waiting.splice(this.#waiting.indexOf(first), 1);
        return first;
    }
    /** Rejects what waits, and whatever is added later. */
    close(why) {
        this.#closed ??= why;
        for (const { reject } of this.#waiting.splice(0))
            reject(why);
    }
}
