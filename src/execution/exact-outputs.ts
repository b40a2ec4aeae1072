/** Reading floats as the integers they must be. A runtime that was not exact is found out here, and never believed. */
import { EXACT } from '../model/interval.ts';

/** Null unless every value is a whole number below 2^24 in magnitude, where single precision is exact. */
export function exactOutputs(outputs: Float32Array): Int32Array<ArrayBuffer> | null {
  return outputs.every((value) => Number.isInteger(value) && Math.abs(value) < EXACT) ? Int32Array.from(outputs) : null;
}
