/** Multiples of BN254's generators by many scalars, on all threads. */
import { compileKernel, exactArithmetic, filePointBytes, type Degree } from './kernel.ts';
import { KernelMemory } from './kernel-memory.ts';
import { threadsOver, type ProverEnvironment } from './kernel-threads.ts';
import { multiplesRoom, tableBytes } from './generator-multiples.ts';

export interface Multiplier {
  /**
   * @param scalars from 0 to r − 1
   * @returns affine points in Montgomery form, little-endian, one after another; zeros for infinity
   */
  multiply(degree: Degree, scalars: readonly bigint[]): Promise<Uint8Array<ArrayBuffer>>;
  readonly close: () => void;
}

/** Multiples in one task: even, so that no task's last group of lanes reaches into the next one's place. */
const PER_TASK = 4096;

export async function openMultiplier({ sharesMemory, cores, openThread }: ProverEnvironment): Promise<Multiplier> {
  const ports = sharesMemory ? Array.from({ length: cores }, () => openThread()) : [];
  const kernel = await compileKernel(await exactArithmetic(), sharesMemory);
  const memory = new KernelMemory(sharesMemory);
  const threads = await threadsOver(memory, kernel, ports);
  threads.giveRooms(Array.from({ length: threads.count }, () => memory.reserve(multiplesRoom(2))));
  const tables = { 1: memory.reserve(tableBytes(1)), 2: memory.reserve(tableBytes(2)) };
  await Promise.all(([2, 1] as const).map((degree) => threads.run({ kind: 'generator-table', degree, to: tables[degree] }, 0)));
  const free = memory.reserve(0);
  return {
    async multiply(degree, scalars) {
      memory.release(free);
      const [from, to] = [memory.reserve(32 * scalars.length), memory.reserve(filePointBytes(degree) * scalars.length)];
      const words = new BigUint64Array(memory.memory.buffer, from, 4 * scalars.length);
      scalars.forEach((scalar, i) => {
        for (let word = 0; word < 4; word++) words[4 * i + word] = BigInt.asUintN(64, scalar >> BigInt(64 * word));
      });
      const tasks = Array.from({ length: Math.ceil(scalars.length / PER_TASK) }, (_, task) => {
        const first = task * PER_TASK;
        const count = Math.min(PER_TASK, scalars.length - first);
        const places = { scalars: from + 32 * first, to: to + filePointBytes(degree) * first };
        return threads.run({ kind: 'multiples', degree, table: tables[degree], count, ...places }, 0);
      });
      await Promise.all(tasks);
      return memory.bytes(to, filePointBytes(degree) * scalars.length).slice();
    },
    close: threads.end,
  };
}
