import v8 from 'node:v8';
v8.setFlagsFromString('--experimental-wasm-relaxed-simd');
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { compileKernel, type Arithmetic } from '../src/proof/bn254/kernel.ts';
import { openKernelThreads, type ThreadPort } from '../src/proof/bn254/kernel-threads.ts';
import { bytesSource } from '../src/proof/groth16/byte-source.ts';
import { openProvingKey } from '../src/proof/groth16/proving-key.ts';
import { loadKey } from '../src/proof/groth16/loaded-key.ts';
import { prove } from '../src/proof/groth16/prove.ts';
import { readWitness } from '../src/proof/groth16/witness-file-reader.ts';
const [zkey, wtns, threads = '2', arithmetic = 'fused', peer = ''] = process.argv.slice(2) as string[];
const open = (): ThreadPort => {
  const w = new Worker(new URL('../workers/kernel-node.js', import.meta.url));
  return { post: (m) => w.postMessage(m), listen: (l) => { w.on('message', l); w.on('error', (e) => l({ error: String(e.stack) })); }, end: () => void w.terminate() };
};
const t0 = performance.now();
const kernel = await compileKernel(arithmetic as Arithmetic, true);
const file = await openProvingKey(bytesSource(new Uint8Array(readFileSync(zkey!))));
if (!file.ok) throw new Error(JSON.stringify(file.failure));
const w = await readWitness(bytesSource(new Uint8Array(readFileSync(wtns!))));
if (!w.ok) throw new Error(JSON.stringify(w.failure));
const t1 = performance.now();
const key = await loadKey(file.value, kernel, true, Number(threads), (memory, s) => openKernelThreads(open, kernel, memory, s), () => {});
if (!key.ok) throw new Error(JSON.stringify(key.failure));
const t2 = performance.now();
console.log('open', (t1 - t0).toFixed(0), 'load', (t2 - t1).toFixed(0), 'MB', key.value.free / 2 ** 20);
for (let i = 0; i < 5; i++) {
  const t = performance.now();
  const cpu = process.cpuUsage();
  const p = await prove(key.value, w.value, () => 12345678901234567890n ** 3n, () => {});
  const used = process.cpuUsage(cpu);
  console.log((performance.now() - t).toFixed(0), 'ms', 'cpu', ((used.user + used.system) / 1000).toFixed(0), p.ok ? JSON.stringify(p.value.stages, (_, v) => typeof v === 'number' ? Math.round(v) : v) : p.failure, 'mem', key.value.memory.memory.buffer.byteLength / 2 ** 20, 'rss', Math.round(process.memoryUsage().rss / 2 ** 20));
  if (p.ok && i === 0) console.log(p.value.proof.pi_c[0]);
}
key.value.threads.end();
if (peer) {
  // @ts-ignore
  const snarkjs = await import('snarkjs');
  for (let i = 0; i < 2; i++) { const t = performance.now(); const cpu = process.cpuUsage(); await snarkjs.groth16.prove(zkey, wtns); const used = process.cpuUsage(cpu); console.log('snarkjs', (performance.now() - t).toFixed(0), 'cpu', ((used.user + used.system) / 1000).toFixed(0), Math.round(process.memoryUsage().rss / 2 ** 20)); }
  process.exit(0);
}
