import v8 from 'node:v8';
v8.setFlagsFromString('--experimental-wasm-relaxed-simd');
import { readFileSync, readdirSync, writeFileSync, existsSync } from 'node:fs';
import { bn254 } from '@noble/curves/bn254.js';
import { ScalarKernel, rootOfUnity } from '../src/proof/bn254/scalar-kernel.ts';
import { CurveKernel, type Degree } from '../src/proof/bn254/curve-kernel.ts';
import { AdditionBatch } from '../src/proof/bn254/point-sums.ts';
import { scalarDigits } from '../src/proof/bn254/scalar-digits.ts';
import { multiScalar } from '../src/proof/bn254/multi-scalar.ts';
// @ts-ignore
import * as snarkjs from 'snarkjs';
const { Fr, Fp } = bn254.fields;
const [zkeyFile, wtnsFile] = process.argv.slice(2) as [string, string];
const sectionsOf = (b: Uint8Array) => { const v = new DataView(b.buffer, b.byteOffset); const m = new Map<number, Uint8Array>(); let at = 12; for (let i = 0; i < v.getUint32(8, true); i++) { const id = v.getUint32(at, true), len = Number(v.getBigUint64(at + 4, true)); m.set(id, b.subarray(at + 12, at + 12 + len)); at += 12 + len; } return m; };
const zk = sectionsOf(new Uint8Array(readFileSync(zkeyFile))), wt = sectionsOf(new Uint8Array(readFileSync(wtnsFile)));
const h = zk.get(2)!; const hv = new DataView(h.buffer, h.byteOffset);
const at = 4 + 32 + 4 + 32; const nVars = hv.getUint32(at, true), nPublic = hv.getUint32(at + 4, true), n = hv.getUint32(at + 8, true);
const log = Math.log2(n);
console.log({ nVars, nPublic, n });
const witness = wt.get(2)!.slice(); // 32 bytes LE plain
const fixed = (o: number, deg: Degree) => { const R = 1n << 256n, inv = Fp.inv(R % Fp.ORDER); const vals = Array.from({ length: 2 * deg }, (_, i) => Fp.mul(BigInt('0x' + Buffer.from(h.subarray(o + 32 * i, o + 32 * i + 32)).reverse().toString('hex')), inv)); return deg === 1 ? bn254.G1.Point.fromAffine({ x: vals[0]!, y: vals[1]! }) : bn254.G2.Point.fromAffine({ x: { c0: vals[0]!, c1: vals[1]! }, y: { c0: vals[2]!, c1: vals[3]! } }); };
let o = at + 12; const alpha1 = fixed(o, 1) as any, beta1 = fixed(o + 64, 1) as any, beta2 = fixed(o + 128, 2) as any, delta1 = fixed(o + 384, 1) as any, delta2 = fixed(o + 448, 2) as any;
const T: [string, number][] = []; let t0 = performance.now(); const lap = (s: string) => { const t = performance.now(); T.push([s, t - t0]); t0 = t; };
const sk = await ScalarKernel.create(); const ck = await CurveKernel.create();
lap('create');
// --- preparation of the key
const coefs = zk.get(4)!; const cv = new DataView(coefs.buffer, coefs.byteOffset); const nc = cv.getUint32(0, true);
const lists: [number[], number[]] = [[], []];
for (let i = 0; i < nc; i++) lists[cv.getUint32(4 + 44 * i, true)]!.push(i);
const most = Math.max(lists[0].length, lists[1].length);
const EL = 40;
const places = sk.reserve(Math.ceil(most * 16 / EL)), values = sk.reserve(2 * most), raw = sk.reserve(Math.ceil(2 * most * 32 / EL));
const A = sk.reserve(n + 1), B = sk.reserve(n + 1), C = sk.reserve(n);
const vec = sk.reserve(nVars + 1), rawW = sk.reserve(nVars + 1);
{ const p32 = new Uint32Array(sk.memory.buffer, places, 4 * most), r8 = new Uint8Array(sk.memory.buffer, raw, 64 * most);
  lists.forEach((list, m) => { for (let j = 0; j < most; j++) { const i = list[j]; if (i === undefined) { p32[4 * j + 2 * m] = n; p32[4 * j + 2 * m + 1] = 0; } else { p32[4 * j + 2 * m] = cv.getUint32(8 + 44 * i, true); p32[4 * j + 2 * m + 1] = cv.getUint32(12 + 44 * i, true); r8.set(coefs.subarray(16 + 44 * i, 48 + 44 * i), 64 * j + 32 * m); } } });
}
// coef·2^512 → convert multiplies by 2^254/2^255·… : gives coef·2^511; a plain witness then gives coef·w·2^256: off by 2 → fold 1/2 into the coset table
sk.run('convert', values, raw, most);
const w1 = rootOfUnity(log), g = rootOfUnity(log + 1);
const roots = sk.powers(w1, log - 1), inverseRoots = sk.powers(Fr.inv(w1), log - 1);
// table[j] = g^bitrev(j)/n
const coset = sk.reserve(n), factor = sk.reserve(2);
{ const start = Fr.mul(Fr.inv(BigInt(n)), 1n); sk.write(coset, 0, start); sk.write(coset, 1, Fr.mul(start, Fr.pow(g, BigInt(n / 2))));
  for (let m = 1; m < log; m++) { for (const lane of [0, 1]) sk.write(factor, lane, Fr.pow(g, BigInt(n >> (m + 1)))); sk.run('timesOne', coset + (1 << m) * EL, coset, factor, (1 << m) / 2); } }
const halfs = sk.reserve(2); for (const lane of [0, 1]) sk.write(halfs, lane, 1n);
lap('prepare scalars');
const G = (deg: Degree): any => (deg === 1 ? bn254.G1.Point : bn254.G2.Point);
const flat = (deg: Degree, P: any) => { const a = P.toAffine(); return deg === 1 ? [a.x, a.y] : [a.x.c0, a.x.c1, a.y.c0, a.y.c1]; };
const batches = { 1: new AdditionBatch(ck, 1, flat(1, G(1).BASE), flat(1, G(1).BASE.double())), 2: new AdditionBatch(ck, 2, flat(2, G(2).BASE), flat(2, G(2).BASE.double())) };
const bases = { A: ck.convertPoints(1, zk.get(5)!), B1: ck.convertPoints(1, zk.get(6)!), B2: ck.convertPoints(2, zk.get(7)!), C: ck.convertPoints(1, zk.get(8)!), H: ck.convertPoints(1, zk.get(9)!) };
const infinite = (s: number, deg: Degree) => { const b = zk.get(s)!; const k = b.length / (64 * deg); const r = new Uint8Array(k); const v = new BigUint64Array(b.slice().buffer); for (let i = 0; i < k; i++) { r[i] = 1; for (let j = 0; j < 8 * deg; j++) if (v[8 * deg * i + j] !== 0n) { r[i] = 0; break; } } return r; };
const inf = { A: infinite(5, 1), B: infinite(6, 1), C: infinite(8, 1), H: infinite(9, 1) };
lap('prepare points');
for (let round = 0; round < 2; round++) {
T.length = 0; t0 = performance.now(); const begin = t0;
// --- ABC
new Uint8Array(sk.memory.buffer, rawW, witness.length).set(witness);
// witness plain → limbs of plain value: convert gives w·2^-256·2^255·... : convert(x)= x·2^254/2^255 = x/2 mod r
sk.run('convert', vec, rawW, Math.ceil(nVars / 2));
new Uint8Array(sk.memory.buffer, A, n * EL).fill(0); new Uint8Array(sk.memory.buffer, B, n * EL).fill(0);
sk.run('addRows', places, values, vec, A, B, most);
// value·2^511 · w/2 /2^255 = value·w·2^255: exactly right
sk.run('timesEach', C, A, B, n / 2);
lap('abc');
for (const data of [A, B, C]) {
  for (let half = log - 1; half >= 0; half--) sk.run('fromNatural', data, log, half, inverseRoots);
  sk.run('timesEach', data, data, coset, n / 2);
  for (let half = 0; half < log; half++) sk.run('toNatural', data, log, half, roots);
}
sk.run('quotient', A, A, B, C, n / 2);
const hInts = C; sk.run('toIntegers', hInts, A, n / 2);
lap('fft');
const hs = new Uint8Array(sk.memory.buffer, hInts, 32 * n).slice();
const bits = Number(process.argv[4] ?? 13);
const dW = scalarDigits(witness, bits), dC = scalarDigits(witness.slice(32 * (nPublic + 1)), bits), dH = scalarDigits(hs, bits);
lap('digits');
const sum = (name: keyof typeof bases, deg: Degree, d: any, none: Uint8Array) => { const parts = multiScalar(ck, batches[deg], deg, bases[name], d, (i) => none[i] === 1); lap(name);
  const P = G(deg); const by = new Map<number, any>(); for (const { doublings, coordinates: c } of parts) { const f = (i: number) => Fp.create(c[i]!); const q = P.fromAffine(deg === 1 ? { x: f(0), y: f(1) } : { x: { c0: f(0), c1: f(1) }, y: { c0: f(2), c1: f(3) } }); by.set(doublings, (by.get(doublings) ?? P.ZERO).add(q)); }
  let acc = P.ZERO; for (let e = 270; e >= 0; e--) { acc = acc.double(); const q = by.get(e); if (q) acc = acc.add(q); } lap(name + ' last'); return acc; };
const sA = sum('A', 1, dW, inf.A), sB1 = sum('B1', 1, dW, inf.B), sB2 = sum('B2', 2, dW, inf.B), sC = sum('C', 1, dC, inf.C), sH = sum('H', 1, dH, inf.H);
const r = Fr.create(0x1234567890abcdefn * 0xfedcba9876543210n), s = Fr.create(0xabcdef1234567890n * 0x1234567890abcdefn);
const pa = alpha1.add(sA).add(delta1.multiply(r)), pb = beta2.add(sB2).add(delta2.multiply(s)), pb1 = beta1.add(sB1).add(delta1.multiply(s));
const pc = sC.add(sH).add(pa.multiply(s)).add(pb1.multiply(r)).add(delta1.multiply(Fr.mul(r, s)).negate());
lap('end');
console.log('total', (performance.now() - begin).toFixed(0), T.map(([k, v]) => `${k} ${v.toFixed(0)}`).join(', '));
const [a, b, c] = [pa.toAffine(), pb.toAffine(), pc.toAffine()];
const proof = { pi_a: [String(a.x), String(a.y), '1'], pi_b: [[String(b.x.c0), String(b.x.c1)], [String(b.y.c0), String(b.y.c1)], ['1', '0']], pi_c: [String(c.x), String(c.y), '1'], protocol: 'groth16', curve: 'bn128' };
const pub = Array.from({ length: nPublic }, (_, i) => String(BigInt('0x' + Buffer.from(witness.subarray(32 * (i + 1), 32 * (i + 2))).reverse().toString('hex'))));
if (round === 1) { const vk = await snarkjs.zKey.exportVerificationKey(zkeyFile); console.log('verifies', await snarkjs.groth16.verify(vk, pub, proof)); }
}
{ const t = performance.now(); await snarkjs.groth16.prove(zkeyFile, wtnsFile, undefined, { singleThread: true }); console.log('snarkjs single thread', (performance.now() - t).toFixed(0)); }
process.exit(0);
