/**
 * Σ scalar·point by buckets (N. Pippenger, "On the evaluation of powers and related problems", FOCS 1976): in each window of the
 * scalars, points with the same digit are added up, and the sums are weighted by their digits.
 */
import { pointBytes } from "./kernel.js";
import { AdditionBatch, BATCH_BYTES, sumLists } from "./point-sums.js";
/** Bytes that {@link windowSums} works in. */
export function roomFor(degree, count, bits, windows) {
    const buckets = windows << (bits - 1);
    const work = Math.max(Math.ceil(count / 2), buckets + 2 * windows * bits) + 2 * windows + 4;
    return BATCH_BYTES + (buckets + work) * pointBytes(degree);
}
/** Σ digit·point of each window, null for infinity. */
export function windowSums(kernel, sums) {
    const { degree, points, count, stride, bits, from, to } = sums;
    const batch = new AdditionBatch(kernel, degree, sums.room, false);
    const bytes = pointBytes(degree);
    const windows = to - from;
    const buckets = 1 << (bits - 1);
    const bucketSums = sums.room + BATCH_BYTES;
    const room = bucketSums + windows * buckets * bytes;
    const infinite = new Uint8Array(kernel.memory.buffer, sums.infinite, count);
    // Addresses by window and bucket; 0 where no point has that digit.
    const found = new Int32Array(windows * buckets);
    const starts = new Int32Array(buckets + 1);
    const places = new Int32Array(buckets + 1);
    const items = new Int32Array(count);
    for (let window = 0; window < windows; window++) {
        // Counting sort: points of one digit side by side.
        const row = new Int16Array(kernel.memory.buffer, sums.digits + 2 * (from + window) * stride, count);
        starts.fill(0);
        for (let i = 0; i < count; i++) {
            const digit = row[i];
            if (digit !== 0 && infinite[i] === 0)
                starts[digit < 0 ? -digit : digit] += 1;
        }
        for (let bucket = 1; bucket <= buckets; bucket++)
            starts[bucket] += starts[bucket - 1];
        places.set(starts);
        for (let i = 0; i < count; i++) {
            const digit = row[i];
            if (digit === 0 || infinite[i] !== 0)
                continue;
            const bucket = digit < 0 ? -digit : digit;
            items[places[bucket - 1]++] = (points + i * bytes) | (digit < 0 ? 1 : 0);
        }
        const first = window * buckets;
        found.set(sumLists(batch, degree, items.subarray(0, starts[buckets]), starts, (list) => bucketSums + (first + list) * bytes, room), first);
    }
    return weightedSums(kernel, batch, degree, { found, windows, bits, bucketSums, room });
}
/**
 * Σ k·B_k over a window's buckets k = 1 … 2^(bits−1), bit by bit of k: with D_j = B_2j + B_2j+1, Σ k·B_k = 2·Σ j·D_j + Σ of the odd ones.
 * All windows go together.
 */
function weightedSums(kernel, batch, degree, { found, windows, bits, bucketSums, room }) {
    const bytes = pointBytes(degree);
    const buckets = 1 << (bits - 1);
    // Bucket k of a window by its number from 0: bucket 0 is nobody's.
    const level = Array.from({ length: windows }, (_, window) => {
        const numbered = new Int32Array(buckets + 1);
        numbered.set(found.subarray(window * buckets, (window + 1) * buckets), 1);
        return numbered;
    });
    const odd = [];
    const starts = [0];
    for (let bit = 0, last = buckets; bit < bits; bit++, last >>= 1) {
        for (const [window, numbered] of level.entries()) {
            for (let k = 1; k <= last; k += 2)
                if (numbered[k] !== 0)
                    odd.push(numbered[k]);
            starts.push(odd.length);
            for (let j = 1; 2 * j <= last; j++) {
                const [even, above] = [numbered[2 * j], 2 * j + 1 <= last ? numbered[2 * j + 1] : 0];
                if (even === 0 || above === 0)
                    numbered[j] = even === 0 ? above : even;
                else {
                    // The place of an even bucket is free from here on: nothing but D_j is made of it.
                    const place = bucketSums + (window * buckets + ((2 * j) << bit) - 1) * bytes;
                    batch.add(even, above, place);
                    numbered[j] = place;
                }
            }
        }
        batch.flush();
    }
    const lists = bits * windows;
    const last = room;
    const byBit = sumLists(batch, degree, Int32Array.from(odd), Int32Array.from(starts), (list) => last + list * bytes, room + lists * bytes);
    return doubleAndAdd(kernel, batch, degree, byBit, windows, bits, room + lists * bytes);
}
/** Σ 2^bit·S_bit for each window, all windows together. */
function doubleAndAdd(kernel, batch, degree, byBit, windows, bits, room) {
    const bytes = pointBytes(degree);
    const nothing = room + windows * bytes;
    new Uint8Array(kernel.memory.buffer, nothing, bytes).fill(0);
    const totals = Array.from({ length: windows }, (_, window) => room + window * bytes);
    const summand = (bit, window) => byBit[bit * windows + window] || nothing;
    batch.beCareful();
    totals.forEach((total, window) => batch.add(summand(bits - 1, window), nothing, total));
    batch.flush();
    for (let bit = bits - 2; bit >= 0; bit--) {
        for (const total of totals)
            batch.add(total, total, total);
        batch.flush();
        totals.forEach((total, window) => batch.add(total, summand(bit, window), total));
        batch.flush();
    }
    return totals.map((total) => kernel.readPoint(degree, total));
}
