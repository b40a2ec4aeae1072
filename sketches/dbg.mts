import { bn254 } from '@noble/curves/bn254.js';
import { compileKernel, Kernel } from '../src/proof/bn254/kernel.ts';
const c = await compileKernel('karatsuba', false);
const memory = new WebAssembly.Memory({ initial: 200, maximum: 65536 });
const k = await Kernel.instantiate(c, memory, 65536);
const at = Math.ceil(c.scratchBytes / 65536) * 65536 + 65536;
const G = bn254.G1.Point.BASE;
const pts = [G, G.double(), G.double().add(G)].map((p) => p.toAffine());
pts.forEach((p, i) => k.writePoint(at + 1024 + 80 * i, [p.x, p.y]));
console.log(k.readPoint(1, at + 1024)?.[0] === pts[0]!.x);
new Uint32Array(memory.buffer, at).set([at + 1024, at + 1104, at + 1024 + 240]);
for (const name of ['add1', 'add1Checked']) {
console.log(k.run(name, at, 1), k.readPoint(1, at + 1024 + 240), pts[2]);
}
const { Fp } = bn254.fields;
for (const [name, f] of [['multiply', (x: bigint) => Fp.mul(x, x)], ['square', (x: bigint) => Fp.mul(x, x)], ['invert', (x: bigint) => Fp.inv(x)]] as const) {
  k.writePoint(at, [12345n]); k.run(name, at + 40, at, at); console.log(name, Fp.mul(k.base.decode(new Uint8Array(memory.buffer, at + 40, 40)), Fp.inv(Fp.create(k.base.radix))) === f(12345n));
}
{
  const b = new Uint8Array(memory.buffer); const v = (12345n << 256n) % Fp.ORDER;
  for (let i = 0; i < 8; i++) for (let j = 0; j < 32; j++) b[at + 32 * i + j] = Number((v >> BigInt(8 * j)) & 255n);
  k.run('readCoordinates', at + 1024, at, k.groups(8));
  console.log(k.readPoint(2, at + 1024), k.readPoint(2, at + 1024 + 160), k.readPoint(2, at + 1024 + 320));
}
