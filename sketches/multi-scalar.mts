import v8 from 'node:v8';
v8.setFlagsFromString('--experimental-wasm-relaxed-simd');
import { bn254 } from '@noble/curves/bn254.js';
const { CurveKernel } = await import('../src/proof/bn254/curve-kernel.ts');
const { AdditionBatch } = await import('../src/proof/bn254/point-sums.ts');
const { scalarDigits } = await import('../src/proof/bn254/scalar-digits.ts');
const { multiScalar } = await import('../src/proof/bn254/multi-scalar.ts');
// @ts-ignore
import { getCurveFromName } from 'ffjavascript';
const power = Number(process.argv[2] ?? 14);
const n = power < 0 ? -power : 2 ** power;
const curve = await getCurveFromName('bn128', { singleThread: true });
for (const degree of [1, 2] as const) {
  const G = degree === 1 ? curve.G1 : curve.G2;
  const N = degree === 1 ? bn254.G1.Point : bn254.G2.Point;
  // points: g, 2g, ...
  const bases = new Uint8Array(n * 64 * degree);
  { let acc = G.g; const pts = new Uint8Array(n * 96 * degree); for (let i = 0; i < n; i++) { pts.set(G.toJacobian(acc), i * 96 * degree); acc = G.add(acc, G.g); }
    const aff = await G.batchToAffine(pts); bases.set(aff); }
  const scalars = new Uint8Array(n * 32); for (let i = 0; i < scalars.length; i += 4) new DataView(scalars.buffer).setUint32(i, Math.floor(Math.random() * 2 ** 32), true);
  for (let i = 0; i < n; i++) scalars[32 * i + 31]! &= 0x1f;
  let t = performance.now();
  const expected = await G.multiExpAffine(bases, scalars);
  const theirs = performance.now() - t;
  const kernel = await CurveKernel.create();
  const flat = (P: any) => { const a = P.toAffine(); return degree === 1 ? [a.x, a.y] : [a.x.c0, a.x.c1, a.y.c0, a.y.c1]; };
  const batch = new AdditionBatch(kernel, degree, flat(N.BASE), flat((N.BASE as any).double()));
  t = performance.now();
  const points = kernel.convertPoints(degree, bases);
  console.log('convert', (performance.now() - t).toFixed(0), 'ms');
  for (const bits of process.argv[3] ? [Number(process.argv[3])] : [10, 11, 12, 13]) {
    t = performance.now();
    const digits = scalarDigits(scalars, bits);
    const t1 = performance.now();
    const parts = multiScalar(kernel, batch, degree, points, digits);
    const t2 = performance.now();
    let acc: any = (N as any).ZERO; const at = new Map<number, any>();
    for (const { doublings, coordinates: c } of parts) { const P = (N as any).fromAffine(degree === 1 ? { x: bn254.fields.Fp.create(c[0]!), y: bn254.fields.Fp.create(c[1]!) } : { x: { c0: bn254.fields.Fp.create(c[0]!), c1: bn254.fields.Fp.create(c[1]!) }, y: { c0: bn254.fields.Fp.create(c[2]!), c1: bn254.fields.Fp.create(c[3]!) } }); at.set(doublings, (at.get(doublings) ?? (N as any).ZERO).add(P)); }
    for (let e = 270; e >= 0; e--) { acc = acc.double(); const P = at.get(e); if (P) acc = acc.add(P); }
    const t3 = performance.now();
    const ours = acc.toAffine(); const ref = G.toObject(G.toAffine(expected));
    const same = degree === 1 ? ours.x === ref[0] && ours.y === ref[1] : ours.x.c0 === ref[0][0] && ours.y.c1 === ref[1][1];
    console.log(`G${degree} n=2^${power} bits=${bits} same=${same} digits ${(t1 - t).toFixed(0)} sums ${(t2 - t1).toFixed(0)} last ${(t3 - t2).toFixed(0)} ms; theirs ${theirs.toFixed(0)} ms  ratio ${(theirs / (t3 - t)).toFixed(2)}`);
  }
}
await curve.terminate();
