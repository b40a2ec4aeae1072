/** The kernel for BN254's scalar field, in a memory: transforms, products and integers of whole arrays. */
import { bn254 } from '@noble/curves/bn254.js';
import { BaseCoordinates } from '../../../kernels/curve/base-coordinates.ts';
import { ELEMENT_BYTES } from '../../../kernels/curve/coordinates.ts';
import { defineConversion } from '../../../kernels/curve/convert-elements.ts';
import { FUSED_RADIX, FusedField, LIMBS, balancedLimbs } from '../../../kernels/field/fused-field.ts';
import { defineIntegers } from '../../../kernels/polynomial/integers.ts';
import { defineRowSums } from '../../../kernels/polynomial/row-sums.ts';
import { defineTransform } from '../../../kernels/polynomial/transform.ts';
import { defineVectors } from '../../../kernels/polynomial/vectors.ts';
import { MAX_PAGES, ModuleBuilder } from '../../../kernels/wasm/module-builder.ts';

const { Fr } = bn254.fields;
const PRIME = Fr.ORDER;
const PAGE = 65_536;
/** 2^28 divides r − 1, and no higher power of two does. */
const TWO_ADICITY = 28;
const NON_RESIDUE = 5n;

/** A primitive root of unity of order 2^power, as snarkjs chooses it. */
export function rootOfUnity(power: number): bigint {
  if (power > TWO_ADICITY) throw new RangeError(`there is no root of unity of order 2^${power}`);
  return Fr.pow(NON_RESIDUE, (PRIME - 1n) >> BigInt(power));
}

type Operation = (...args: number[]) => void;

export class ScalarKernel {
  readonly memory: WebAssembly.Memory;
  readonly #run: Readonly<Record<string, Operation>>;
  #next: number;

  private constructor(memory: WebAssembly.Memory, exports: WebAssembly.Exports, next: number) {
    this.memory = memory;
    this.#run = exports as Readonly<Record<string, Operation>>;
    this.#next = next;
  }

  static async create(): Promise<ScalarKernel> {
    const module = new ModuleBuilder();
    const field = new FusedField(PRIME);
    const base = new BaseCoordinates(module, field);
    defineTransform(module, base);
    defineVectors(module, base);
    defineIntegers(module, field, base);
    defineRowSums(module, base);
    defineConversion(module, 'convert', field, base);
    const memory = new WebAssembly.Memory({ initial: 64, maximum: MAX_PAGES });
    const { instance } = await WebAssembly.instantiate(module.bytes(false), { env: { memory, scratch: PAGE } });
    return new ScalarKernel(memory, instance.exports, PAGE + module.scratchBytes);
  }

  reserve(elements: number): number {
    const at = Math.ceil(this.#next / 16) * 16;
    this.#next = at + elements * ELEMENT_BYTES;
    const missing = this.#next - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.max(64, Math.ceil(missing / PAGE)));
    return at;
  }

  write(array: number, i: number, value: bigint): void {
    const limbs = new Float64Array(this.memory.buffer, array + i * ELEMENT_BYTES, LIMBS);
    balancedLimbs((value * FUSED_RADIX) % PRIME, PRIME).forEach((limb, j) => (limbs[j] = limb));
  }

  run(name: string, ...args: number[]): void {
    this.#run[name]!(...args);
  }

  /** base^0 … base^(2^log − 1), by doubling. */
  powers(base: bigint, log: number): number {
    const table = this.reserve(2 ** log);
    const factor = this.reserve(2);
    this.write(table, 0, 1n);
    this.write(table, 1, base);
    for (let done = 1, square = Fr.mul(base, base); done < log; done++, square = Fr.mul(square, square)) {
      for (const lane of [0, 1]) this.write(factor, lane, square);
      const half = 2 ** done;
      this.run('timesOne', table + half * ELEMENT_BYTES, table, factor, half / 2);
    }
    return table;
  }
}
