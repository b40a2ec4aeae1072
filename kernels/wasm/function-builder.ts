/** One WebAssembly function, written statement by statement. */
import { CodeBytes, type Code } from './code.ts';
import { i32, type Expression, type F64, type I32, type I64, type V128, type ValueType } from './expression.ts';
import { unsignedLeb } from './leb128.ts';

/** A local variable; as an expression it is its value. */
export interface Local<Type extends ValueType> extends Expression<Type> {
  readonly index: number;
}

const ADDRESS = { alignment: { i32: 2, i64: 3, v128: 4 }, store: { i32: [0x36], i64: [0x37], v128: [0xfd, 11] } } as const;

export class FunctionBuilder {
  readonly locals: ValueType[] = [];
  /** Written out as it comes: the pieces that it is made of are forgotten. */
  readonly #code = new CodeBytes();
  readonly #parameters: number;

  constructor(parameters: number) {
    this.#parameters = parameters;
  }

  code(): Uint8Array<ArrayBuffer> {
    return this.#code.finish();
  }

  /** A new local that starts with this value. */
  let<Type extends ValueType>(value: Expression<Type>): Local<Type> {
    const local = this.local(value.type);
    this.set(local, value);
    return local;
  }

  /** A new local: zero when the function starts, and not again in each turn of a loop. */
  local<Type extends ValueType>(type: Type): Local<Type> {
    const index = this.#parameters + this.locals.length;
    this.locals.push(type);
    return parameter(index, type);
  }

  set<Type extends ValueType>(local: Local<Type>, value: Expression<Type>): void {
    this.#code.write([value.code, 0x21, unsignedLeb(local.index)]);
  }

  store(address: I32, value: I32 | I64 | V128, offset = 0): void {
    this.#code.write([address.code, value.code, ADDRESS.store[value.type], ADDRESS.alignment[value.type], unsignedLeb(offset)]);
  }

  /** Writes one lane of a vector, 0 the low one. */
  storeLane(address: I32, vector: V128, lane: 0 | 1, offset = 0): void {
    this.#code.write([address.code, vector.code, 0xfd, 91, 3, unsignedLeb(offset), lane]);
  }

  /** Writes one of a vector's four lanes. */
  storeLane32(address: I32, vector: V128, lane: number, offset = 0): void {
    this.#code.write([address.code, vector.code, 0xfd, 90, 2, unsignedLeb(offset), lane]);
  }

  /** A statement for its effect: a call of a function without results. */
  run(effect: Code): void {
    this.#code.write([effect]);
  }

  if(condition: I32, then: () => void, otherwise?: () => void): void {
    this.#code.write([condition.code, 0x04, 0x40]);
    then();
    if (otherwise) {
      this.#code.write([0x05]);
      otherwise();
    }
    this.#code.write([0x0b]);
  }

  /** Runs the body while the condition holds, which is asked before each turn. */
  while(condition: () => I32, body: () => void): void {
    this.#code.write([0x02, 0x40, 0x03, 0x40, i32.isZero(condition()).code, 0x0d, 1]);
    body();
    this.#code.write([0x0c, 0, 0x0b, 0x0b]);
  }

  /** Counts a fresh local from 0 up to, not including, `end`. */
  repeat(end: I32, body: (i: Local<'i32'>) => void): void {
    const i = this.let(i32.of(0));
    this.while(
      () => i32.lessUnsigned(i, end),
      () => {
        body(i);
        this.set(i, i32.add(i, i32.of(1)));
      },
    );
  }

  /** What a function with a result ends with. */
  return(value: I32 | I64 | F64 | V128): void {
    this.#code.write([value.code, 0x0f]);
  }
}

export function parameter<Type extends ValueType>(index: number, type: Type): Local<Type> {
  return { index, type, code: [0x20, unsignedLeb(index)] };
}
