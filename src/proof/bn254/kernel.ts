/** The kernel of BN254: WebAssembly for both of its fields and both of its curves, over a memory that threads may share. */
import { BaseCoordinates } from '../../../kernels/curve/base-coordinates.ts';
import { defineBatchAddition } from '../../../kernels/curve/batch-addition.ts';
import { QuadraticCoordinates } from '../../../kernels/curve/quadratic-coordinates.ts';
import { defineCompleteAddition } from '../../../kernels/curve/complete-addition.ts';
import { defineReading, defineWriting } from '../../../kernels/field/convert-elements.ts';
import { ELEMENT_BYTES, inverseModulo, LANES, type Field } from '../../../kernels/field/field.ts';
import { Scratchpad } from '../../../kernels/field/formula.ts';
import { FusedField } from '../../../kernels/field/fused-field.ts';
import { IntegerField } from '../../../kernels/field/integer-field.ts';
import { defineLanes } from '../../../kernels/field/lanes.ts';
import { defineLines } from '../../../kernels/pairing/lines.ts';
import { defineTower } from '../../../kernels/pairing/tower.ts';
import { CURVE_B, twistB } from '../../../kernels/pairing/twist.ts';
import { defineRowSums } from '../../../kernels/polynomial/row-sums.ts';
import { defineTransform } from '../../../kernels/polynomial/transform.ts';
import { defineVectors } from '../../../kernels/polynomial/vectors.ts';
import { fusesMultiplyAdd } from '../../../kernels/wasm/fused-multiply-add.ts';
import { ModuleBuilder } from '../../../kernels/wasm/module-builder.ts';
import { BASE_ORDER, SCALAR_ORDER } from '../../protocol/field.ts';

/** Doubles with fused multiply-add where the engine has it, else 64-bit integers. Both give the same proofs. */
export type Arithmetic = 'fused' | 'integer';

/** 1 for G1, 2 for G2: elements of the base field in a coordinate. */
export type Degree = 1 | 2;

export const pointBytes = (degree: Degree): number => 2 * degree * ELEMENT_BYTES;
/** As key files hold it: affine, coordinates of 32 bytes in Montgomery form with R = 2^256. */
export const filePointBytes = (degree: Degree): number => 64 * degree;

/** Key files hold coordinates times 2^256, and coefficients times 2^512. */
const COORDINATE_FACTOR = 1n << 256n;
const COEFFICIENT_FACTOR = 1n << 512n;

/** What threads are sent: any of them can make an instance of it. */
export interface CompiledKernel {
  readonly arithmetic: Arithmetic;
  readonly module: WebAssembly.Module;
  /** Bytes that an instance needs for itself. */
  readonly scratchBytes: number;
}

type Exports = Readonly<Record<string, (...args: number[]) => number>>;

function fieldOf(arithmetic: Arithmetic, prime: bigint): Field {
  return arithmetic === 'fused' ? new FusedField(prime) : new IntegerField(prime);
}

/** The fastest arithmetic that is exact on this engine. */
export async function exactArithmetic(): Promise<Arithmetic> {
  return (await fusesMultiplyAdd()) ? 'fused' : 'integer';
}

const compiled = new Map<string, Promise<CompiledKernel>>();

/**
 * Written and compiled once in a process: what the engine has optimised of it serves the next key, too.
 * @param shared whether it will run over memory that threads share
 */
export function compileKernel(arithmetic: Arithmetic, shared: boolean): Promise<CompiledKernel> {
  const name = `${arithmetic} ${shared}`;
  let kernel = compiled.get(name);
  if (!kernel) compiled.set(name, (kernel = compile(arithmetic, shared)));
  return kernel;
}

async function compile(arithmetic: Arithmetic, shared: boolean): Promise<CompiledKernel> {
  const module = new ModuleBuilder();
  const [base, scalar] = [fieldOf(arithmetic, BASE_ORDER), fieldOf(arithmetic, SCALAR_ORDER)];
  const coordinates = new BaseCoordinates(module, base);
  defineBatchAddition(module, 'add1', coordinates);
  const complex = new QuadraticCoordinates(module, coordinates);
  defineBatchAddition(module, 'add2', complex);
  const pad = new Scratchpad(module, complex.operations.bytes);
  defineCompleteAddition(module, coordinates, [CURVE_B], pad);
  defineCompleteAddition(module, complex, twistB(BASE_ORDER), pad);
  defineTower(module, complex, pad);
  defineLines(module, complex, pad);
  defineLanes(module, base);
  defineReading(module, 'readCoordinates', base, COORDINATE_FACTOR);
  defineReading(module, 'readCoefficients', scalar, COEFFICIENT_FACTOR);
  defineReading(module, 'readScalars', scalar, 1n);
  defineWriting(module, 'writeCoordinates', base, COORDINATE_FACTOR);
  defineWriting(module, 'writeScalars', scalar, 1n);
  defineTransform(module, scalar);
  defineVectors(module, scalar);
  defineRowSums(module, scalar);
  return { arithmetic, module: await WebAssembly.compile(module.bytes(shared)), scratchBytes: module.scratchBytes };
}

export class Kernel {
  readonly memory: WebAssembly.Memory;
  readonly base: Field;
  readonly scalar: Field;
  readonly #exports: Exports;
  readonly #inverseRadix: bigint;

  private constructor(arithmetic: Arithmetic, memory: WebAssembly.Memory, exports: Exports) {
    this.memory = memory;
    this.base = fieldOf(arithmetic, BASE_ORDER);
    this.scalar = fieldOf(arithmetic, SCALAR_ORDER);
    this.#exports = exports;
    this.#inverseRadix = inverseModulo(this.base.radix, BASE_ORDER);
  }

  /** @param scratch where its own `scratchBytes` are */
  static async instantiate({ arithmetic, module }: CompiledKernel, memory: WebAssembly.Memory, scratch: number): Promise<Kernel> {
    const { exports } = await WebAssembly.instantiate(module, { env: { memory, scratch } });
    return new Kernel(arithmetic, memory, exports as Exports);
  }

  run(name: string, ...args: number[]): number {
    const operation = this.#exports[name];
    if (!operation) throw new Error(`the kernel has no ${name}`);
    return operation(...args);
  }

  /** Groups of lanes that so many elements fill; what lies behind them is written over, too, up to three elements. */
  groups(elements: number): number {
    return Math.ceil(elements / LANES);
  }

  writeScalar(address: number, value: bigint): void {
    this.#write(address, this.scalar, value);
  }

  /** Coordinates of an affine point: x and y, or for G2 both parts of x, then of y. */
  writePoint(address: number, coordinates: readonly bigint[]): void {
    coordinates.forEach((value, i) => this.#write(address + i * ELEMENT_BYTES, this.base, value));
  }

  /** Null for infinity, which is (0, 0). */
  readPoint(degree: Degree, address: number): bigint[] | null {
    const bytes = new Uint8Array(this.memory.buffer, address, pointBytes(degree));
    const values = Array.from({ length: 2 * degree }, (_, i) => this.base.decode(bytes.subarray(i * ELEMENT_BYTES, (i + 1) * ELEMENT_BYTES)));
    return values.every((value) => value === 0n) ? null : values.map((value) => (value * this.#inverseRadix) % BASE_ORDER);
  }

  /** One element of the base field. */
  readBase(address: number): bigint {
    return (this.base.decode(new Uint8Array(this.memory.buffer, address, ELEMENT_BYTES)) * this.#inverseRadix) % BASE_ORDER;
  }

  #write(address: number, field: Field, value: bigint): void {
    new Uint8Array(this.memory.buffer).set(field.encode((value * field.radix) % field.prime), address);
  }
}
