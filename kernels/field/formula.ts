/**
 * Formulas over values in memory, written as they stand in papers: each intermediate value has a place of its own, and procedures do the
 * arithmetic. For what runs a few hundred times in a proof, where code ten times as long would cost more to compile than it saves.
 */
import type { I32 } from '../wasm/expression.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import type { ModuleBuilder, Procedure } from '../wasm/module-builder.ts';

/** Arithmetic on `lanes` values at once. Products and sums are reduced, so each may be a factor; `z` of `multiply` is neither factor. */
export interface Operations {
  /** Bytes of `lanes` values. */
  readonly bytes: number;
  /** (z, x, y): z = x·y/R */
  readonly multiply: Procedure;
  /** (z, x, y): z = x + y */
  readonly add: Procedure;
  /** (z, x, y): z = x − y */
  readonly subtract: Procedure;
  /** (z, x): z = x */
  readonly copy: Procedure;
}

/** Places in an instance's scratch, for formulas of which none calls another. */
export class Scratchpad {
  readonly #module: ModuleBuilder;
  readonly #bytes: number;
  readonly #places: I32[] = [];

  constructor(module: ModuleBuilder, bytes: number) {
    this.#module = module;
    this.#bytes = bytes;
  }

  place(i: number): I32 {
    while (this.#places.length <= i) this.#places.push(this.#module.scratch(this.#bytes));
    return this.#places[i];
  }
}

export class Formula {
  readonly #f: FunctionBuilder;
  readonly #operations: Operations;
  readonly #pad: Scratchpad;
  #used = 0;

  constructor(f: FunctionBuilder, operations: Operations, pad: Scratchpad) {
    this.#f = f;
    this.#operations = operations;
    this.#pad = pad;
  }

  times(x: I32, y: I32): I32 {
    return this.of(this.#operations.multiply, x, y);
  }

  plus(x: I32, y: I32): I32 {
    return this.of(this.#operations.add, x, y);
  }

  minus(x: I32, y: I32): I32 {
    return this.of(this.#operations.subtract, x, y);
  }

  twice(x: I32): I32 {
    return this.plus(x, x);
  }

  /** What a procedure makes of these. */
  of(procedure: Procedure, ...args: readonly I32[]): I32 {
    const place = this.fresh();
    this.#f.run(procedure(place, ...args));
    return place;
  }

  /** A place that nothing else is written to. */
  fresh(): I32 {
    return this.#pad.place(this.#used++);
  }

  /** At the end, since a result may take the place of an argument. */
  write(place: I32, value: I32): void {
    this.#f.run(this.#operations.copy(place, value));
  }
}
