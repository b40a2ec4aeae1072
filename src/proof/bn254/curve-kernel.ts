/** The kernel for the two curves of BN254, in a memory: what addresses mean, and how many bytes things take there. */
import { bn254 } from '@noble/curves/bn254.js';
import { BaseCoordinates } from '../../../kernels/curve/base-coordinates.ts';
import { ENTRY_BYTES, MAX_BATCH, defineBatchAddition } from '../../../kernels/curve/batch-addition.ts';
import { defineConversion } from '../../../kernels/curve/convert-elements.ts';
import { ELEMENT_BYTES } from '../../../kernels/curve/coordinates.ts';
import { QuadraticCoordinates } from '../../../kernels/curve/quadratic-coordinates.ts';
import { FUSED_RADIX, FusedField, LIMBS, balancedLimbs } from '../../../kernels/field/fused-field.ts';
import { MAX_PAGES, ModuleBuilder } from '../../../kernels/wasm/module-builder.ts';

const { Fp } = bn254.fields;
const PRIME = Fp.ORDER;
const PAGE = 65_536;

type Addition = (list: number, pairs: number) => number;

/** 1 for G1, 2 for G2: elements of the base field in a coordinate. */
export type Degree = 1 | 2;

export const pointBytes = (degree: Degree): number => 2 * degree * ELEMENT_BYTES;
/** As files hold it. */
export const filePointBytes = (degree: Degree): number => 64 * degree;

export class CurveKernel {
  readonly memory: WebAssembly.Memory;
  readonly #add: Readonly<Record<Degree, readonly [Addition, Addition]>>;
  readonly #convert: (to: number, from: number, pairs: number) => void;
  #doubles: Float64Array;
  #words: Uint32Array;
  #next: number;
  #careful = false;
  readonly list: number;

  private constructor(memory: WebAssembly.Memory, exports: WebAssembly.Exports, next: number) {
    this.memory = memory;
    const named = (name: string) => exports[name] as Addition;
    this.#add = { 1: [named('add1'), named('add1Checked')], 2: [named('add2'), named('add2Checked')] };
    this.#convert = exports['convert'] as (to: number, from: number, pairs: number) => void;
    this.#doubles = new Float64Array(memory.buffer);
    this.#words = new Uint32Array(memory.buffer);
    this.#next = next;
    this.list = this.reserve(MAX_BATCH * ENTRY_BYTES);
  }

  static async create(): Promise<CurveKernel> {
    const module = new ModuleBuilder();
    const field = new FusedField(PRIME);
    const base = new BaseCoordinates(module, field);
    defineBatchAddition(module, 'add1', base);
    defineBatchAddition(module, 'add2', new QuadraticCoordinates(module, base));
    defineConversion(module, 'convert', field, base);
    const scratch = PAGE;
    const memory = new WebAssembly.Memory({ initial: 64, maximum: MAX_PAGES });
    const { instance } = await WebAssembly.instantiate(module.bytes(false), { env: { memory, scratch } });
    return new CurveKernel(memory, instance.exports, scratch + module.scratchBytes);
  }

  get words(): Uint32Array {
    return this.#words;
  }

  /** Room for so many bytes, aligned to sixteen; given back by {@link release}. */
  reserve(bytes: number): number {
    const at = Math.ceil(this.#next / 16) * 16;
    this.#next = at + bytes;
    const missing = this.#next - this.memory.buffer.byteLength;
    if (missing > 0) {
      this.memory.grow(Math.max(256, Math.ceil(missing / PAGE)));
      this.#doubles = new Float64Array(this.memory.buffer);
      this.#words = new Uint32Array(this.memory.buffer);
    }
    return at;
  }

  /** Gives back everything reserved at or after this address. */
  release(address: number): void {
    this.#next = address;
  }

  /** Says that no point in what follows is infinity yet. */
  startAfresh(): void {
    this.#careful = false;
  }

  /** Runs the list of additions, a whole number of pairs. Two summands with one x may leave infinity behind: from then on each is looked at. */
  add(degree: Degree, additions: number): void {
    const [fast, checked] = this.#add[degree];
    if (!this.#careful && fast(this.list, additions / 2) === 1) return;
    this.#careful = true;
    if (checked(this.list, additions / 2) === 0) throw new Error('no denominator of a checked addition is zero');
  }

  /** Points as files hold them, at a fresh address. */
  convertPoints(degree: Degree, points: Uint8Array): number {
    const count = points.length / filePointBytes(degree);
    const to = this.reserve(count * pointBytes(degree));
    const from = this.reserve(points.length);
    new Uint8Array(this.memory.buffer, from, points.length).set(points);
    this.#convert(to, from, count * degree);
    this.release(from);
    return to;
  }

  /** The coordinates of a point: x and y, or for G2 the two components of x and of y. Null is infinity. */
  readPoint(degree: Degree, address: number): bigint[] | null {
    const values = Array.from({ length: 2 * degree }, (_, i) => this.#readElement(address + i * ELEMENT_BYTES));
    return values.every((value) => value === 0n) ? null : values;
  }

  writePoint(address: number, coordinates: readonly bigint[]): void {
    coordinates.forEach((value, i) =>
      balancedLimbs((value * FUSED_RADIX) % PRIME, PRIME).forEach((limb, j) => (this.#doubles[address / 8 + 5 * i + j] = limb)),
    );
  }

  #readElement(address: number): bigint {
    let value = 0n;
    for (let i = LIMBS - 1; i >= 0; i--) value = (value << 51n) + BigInt(this.#doubles[address / 8 + i]!);
    return Fp.mul(Fp.create(value), INVERSE_RADIX);
  }
}

const INVERSE_RADIX = Fp.inv(Fp.create(FUSED_RADIX));
