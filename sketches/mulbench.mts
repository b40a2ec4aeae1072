import v8 from 'node:v8';
v8.setFlagsFromString('--experimental-wasm-relaxed-simd');
const { ModuleBuilder } = await import('../kernels/wasm/module-builder.ts');
const { FusedField, LIMBS } = await import('../kernels/field/fused-field.ts');
const { i32 } = await import('../kernels/wasm/expression.ts');
const p = 21888242871839275222246405745257275088696311157297823662689037894645226208583n;
const field = new FusedField(p) as any;
const m = new ModuleBuilder();
// one: latency chain z = z*y ; two independent chains sequential ; two interleaved
m.define('one', 2, (f, z, n) => {
  const y = field.load(f, i32.add(z, i32.of(80)));
  f.repeat(n, () => { field.store(f, z, field.multiply(f, field.load(f, z), y)); });
});
const { v128 } = await import('../kernels/wasm/expression.ts');
const raw = (z: any, o: number) => Array.from({ length: 5 }, (_, i) => v128.load(z, o + 16 * i));
m.define('oneraw', 2, (f, z, n) => { f.repeat(n, () => { field.store(f, z, field.multiply(f, field.load(f, z), raw(z, 80))); }); });
for (const w of [1, 2, 3, 4]) m.define('raw' + w, 2, (f, z, n) => {
  f.repeat(n, () => {
    const xs = Array.from({ length: w }, (_, k) => [field.load(f, z, 80 * k), raw(z, 320 + 80 * k)]);
    field.multiplyMany(f, xs).forEach((r: any, k: number) => field.store(f, z, r, 80 * k));
  });
});
m.define('indep', 2, (f, z, n) => { // 4 independent elements one after another
  f.repeat(n, () => { for (let k = 0; k < 4; k++) field.store(f, z, field.multiply(f, field.load(f, z, 80 * k), field.load(f, z, 320 + 80 * k)), 80 * k); });
});
if (field.multiplyMany) for (const w of [1, 2, 3, 4]) m.define('inter' + w, 2, (f, z, n) => {
  f.repeat(n, () => {
    const xs = Array.from({ length: w }, (_, k) => [field.load(f, z, 80 * k), field.load(f, z, 320 + 80 * k)]);
    field.multiplyMany(f, xs).forEach((r: any, k: number) => field.store(f, z, r, 80 * k));
  });
});
const memory = new WebAssembly.Memory({ initial: 2, maximum: 65536 });
import { writeFileSync } from 'node:fs';
if (process.env.OUTF) { writeFileSync(process.env.OUTF, m.bytes(false)); writeFileSync(process.env.OUTF + '.json', JSON.stringify((field.constants ?? []).map(String))); process.exit(0); }
const { instance } = await WebAssembly.instantiate(m.bytes(false), { env: { memory, scratch: 65536 } });
const d = new Float64Array(memory.buffer); field.constants?.forEach((c: bigint, i: number) => new BigInt64Array(memory.buffer)[64 + i] = BigInt.asIntN(64, c));
const reset = () => { for (let i = 0; i < 100; i++) d[128 + i] = (i * 77777777777 % 2 ** 40); };
for (let r = 0; r < 2; r++) for (const [name, per] of [['one', 1], ['indep', 4], ['oneraw', 1], ['raw1', 1], ['raw2', 2], ['raw3', 3], ['raw4', 4], ['inter1', 1], ['inter2', 2], ['inter3', 3], ['inter4', 4]] as const) {
  const fn = (instance.exports as any)[name]; if (!fn) continue;
  let best = 1e9;
  for (let k = 0; k < 30; k++) { reset(); const t = performance.now(); fn(1024, 20000); best = Math.min(best, performance.now() - t); }
  console.log(name, ((best / 20000 / per) * 1e6).toFixed(1), 'ns per pair');
}
