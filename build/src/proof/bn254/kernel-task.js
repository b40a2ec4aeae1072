/** What a thread of the prover does: tasks over addresses of a memory that all threads see, each some milliseconds long. */
import { ELEMENT_BYTES } from "../../../kernels/field/field.js";
import { writeMultiples, writeTable } from "./generator-multiples.js";
import { pointBytes } from "./kernel.js";
import { windowSums } from "./multi-scalar.js";
import { writeDigits } from "./scalar-digits.js";
const NOTHING = [];
/** @param room address of the thread's own room: what `roomFor` says for sums, `multiplesRoom` for multiples, two elements for powers */
export function runTask(kernel, task, room) {
    switch (task.kind) {
        case 'read-points': {
            const { degree, from, to, count, infinite } = task;
            kernel.run('readCoordinates', to, from, kernel.groups(2 * degree * count));
            markInfinite(kernel, degree, to, count, infinite);
            return NOTHING;
        }
        case 'read-coefficients':
            kernel.run('readCoefficients', task.to, task.from, kernel.groups(task.count));
            return NOTHING;
        case 'read-scalars':
            kernel.run('readScalars', task.to, task.from, kernel.groups(task.count));
            return NOTHING;
        case 'powers':
            writePowers(kernel, task, room);
            return NOTHING;
        case 'rows': {
            const { to, count, stride, entries, groups } = task;
            new Uint8Array(kernel.memory.buffer, to, 3 * stride).fill(0);
            kernel.run('addRows', entries, groups);
            kernel.run('timesEach', to + 2 * stride, to, to + stride, kernel.groups(count));
            return NOTHING;
        }
        case 'to-coset': {
            const { data, log, roots, inverseRoots, coset } = task;
            transform(kernel, 'fromNatural', data, log, inverseRoots);
            kernel.run('timesEach', data, data, coset, kernel.groups(2 ** log));
            transform(kernel, 'toNatural', data, log, roots);
            return NOTHING;
        }
        case 'quotient': {
            const { a, b, c, count } = task;
            kernel.run('quotient', a, a, b, c, kernel.groups(count));
            kernel.run('writeScalars', c, a, kernel.groups(count));
            return NOTHING;
        }
        case 'digits': {
            const { scalars, count, bits, windows, to } = task;
            const { buffer } = kernel.memory;
            writeDigits(new Uint8Array(buffer, scalars, 32 * count), bits, new Int16Array(buffer, to, windows * count));
            return NOTHING;
        }
        case 'generator-table':
            writeTable(kernel, task.degree, task.to, room);
            return NOTHING;
        case 'multiples': {
            const { degree, table, scalars, count, to } = task;
            writeMultiples(kernel, degree, table, new Uint8Array(kernel.memory.buffer, scalars, 32 * count), to, room);
            return NOTHING;
        }
        case 'window-sums':
            return windowSums(kernel, { ...task, room });
    }
}
/** Passes over blocks that fit the second-level cache go through one block after the other. */
const CACHED_LOG = 13;
/** @param roots powers of a root of unity of order 2^log */
function transform(kernel, name, data, log, roots) {
    const blockLog = Math.min(CACHED_LOG, log);
    const pass = (at, size, half) => kernel.run(name, at, size, half, roots, log - half - 1);
    const wide = () => {
        for (let step = blockLog; step < log; step++)
            pass(data, log, name === 'toNatural' ? step : log - 1 - (step - blockLog));
    };
    const narrow = () => {
        for (let block = 0; block < 2 ** (log - blockLog); block++) {
            const at = data + block * 2 ** blockLog * ELEMENT_BYTES;
            for (let step = 0; step < blockLog; step++)
                pass(at, blockLog, name === 'toNatural' ? step : blockLog - 1 - step);
        }
    };
    if (name === 'fromNatural') {
        wide();
        narrow();
    }
    else {
        narrow();
        wide();
    }
}
/** By doubling: what is there already, times one more power. */
function writePowers(kernel, { to, log, start, base, reversed }, room) {
    const { prime } = kernel.scalar;
    kernel.writeScalar(to, start);
    const squares = [base];
    for (let i = 1; i < log; i++)
        squares.push((squares[i - 1] * squares[i - 1]) % prime);
    for (let done = 0; done < log; done++) {
        const half = 2 ** done;
        kernel.writeScalar(room, reversed ? squares[log - 1 - done] : squares[done]);
        kernel.run('timesOne', to + half * ELEMENT_BYTES, to, room, kernel.groups(half));
    }
}
function markInfinite(kernel, degree, points, count, infinite) {
    const stride = pointBytes(degree) / 4;
    const words = new Uint32Array(kernel.memory.buffer, points, count * stride);
    const marks = new Uint8Array(kernel.memory.buffer, infinite, count);
    for (let i = 0; i < count; i++) {
        let word = 0;
        // The highest bit is a double's sign: zero has two.
        while (word < stride && (words[i * stride + word] & 0x7fffffff) === 0)
            word++;
        marks[i] = word === stride ? 1 : 0;
    }
}
