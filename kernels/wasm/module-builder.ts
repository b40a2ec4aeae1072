/**
 * A WebAssembly module of functions over one imported memory, as bytes that any engine compiles: no tool stands in between. Each
 * instance is told where in the memory its own scratch lies, so that threads that share the memory do not get in each other's way.
 */
import { bytesOf, type Code } from './code.ts';
import { i32, type I32, type ValueType } from './expression.ts';
import { FunctionBuilder, parameter, type Local } from './function-builder.ts';
import { unsignedLeb } from './leb128.ts';

const END = 0x0b;
const TYPE_CODES: Readonly<Record<ValueType, number>> = { i32: 0x7f, i64: 0x7e, f64: 0x7c, v128: 0x7b };
/** Pages of 64 KiB: 4 GiB, all that 32-bit addresses reach. */
export const MAX_PAGES = 65_536;

/** Addresses and counts in, a number or nothing out: all that these kernels pass. */
export type Procedure = (...args: readonly I32[]) => Code;

interface Built {
  readonly name: string;
  readonly parameters: number;
  readonly result: boolean;
  readonly body: Uint8Array;
}

export class ModuleBuilder {
  readonly #functions: Built[] = [];
  #scratchBytes = 0;

  /** Bytes of scratch that an instance needs. */
  get scratchBytes(): number {
    return this.#scratchBytes;
  }

  /** Reserves room in the scratch, aligned to 16 bytes; its address. */
  scratch(bytes: number): I32 {
    const offset = this.#scratchBytes;
    this.#scratchBytes += Math.ceil(bytes / 16) * 16;
    return i32.add({ type: 'i32', code: [0x23, 0x00] }, i32.of(offset));
  }

  /**
   * Adds a function of i32 parameters, exported by its name. What comes back writes a call of it.
   * @param result whether it leaves an i32
   */
  define(name: string, parameters: number, body: (f: FunctionBuilder, ...args: Local<'i32'>[]) => void, result = false): Procedure {
    const builder = new FunctionBuilder(parameters);
    body(builder, ...Array.from({ length: parameters }, (_, i) => parameter(i, 'i32')));
    const locals = vector(builder.locals.map((type) => [1, TYPE_CODES[type]]));
    const index = this.#functions.push({ name, parameters, result, body: bytesOf(sized([locals, builder.code(), END])) }) - 1;
    return (...args) => {
      if (args.length !== parameters) throw new RangeError(`${name} takes ${parameters} arguments, not ${args.length}`);
      return [args.map(({ code }) => code), 0x10, unsignedLeb(index)];
    };
  }

  /** @param shared whether the memory that will be imported is shared between threads */
  bytes(shared: boolean): Uint8Array<ArrayBuffer> {
    const types = this.#functions.map(({ parameters, result }): Code => [
      0x60,
      vector(Array.from({ length: parameters }, () => 0x7f)),
      vector(result ? [0x7f] : []),
    ]);
    const memory = [name('env'), name('memory'), 0x02, shared ? 0x03 : 0x01, unsignedLeb(1), unsignedLeb(MAX_PAGES)];
    const scratch = [name('env'), name('scratch'), 0x03, 0x7f, 0x00];
    return bytesOf([
      [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
      section(1, vector(types)),
      section(2, vector([memory, scratch])),
      section(3, vector(this.#functions.map((_, i) => unsignedLeb(i)))),
      section(7, vector(this.#functions.map((built, i) => [name(built.name), 0x00, unsignedLeb(i)]))),
      section(10, vector(this.#functions.map(({ body }) => body))),
    ]);
  }
}

/** With its length in bytes before it. */
function sized(content: Code): Code {
  const bytes = bytesOf(content);
  return [unsignedLeb(bytes.length), bytes];
}

function section(id: number, content: Code): Code {
  return [id, sized(content)];
}

function vector(items: readonly Code[]): Code {
  return [unsignedLeb(items.length), items];
}

function name(text: string): Code {
  return vector([...new TextEncoder().encode(text)]);
}
