/** The door to a model for rows that are the caller's own: nothing is sealed, and nothing has to be opened. */
import type { Result } from '../protocol/result.ts';

export interface Reading {
  /** One integer for each class, as the model gives them. */
  readonly outputs: Int32Array<ArrayBuffer>;
  /** The class with the largest output, the lowest on ties. */
  readonly answer: number;
}

export type ReadingFailure =
  /** The ONNX file is malformed, or uses something outside the supported set. */
  | { readonly kind: 'model-unsupported'; readonly detail: string }
  /** The row is not as wide as the model's input. */
  | { readonly kind: 'wrong-row'; readonly width: number }
  | { readonly kind: 'runtime'; readonly detail: string };

export interface RowReader {
  /** @param row unsigned values of 8 bits */
  read(onnx: Uint8Array<ArrayBuffer>, row: Uint8Array<ArrayBuffer>): Promise<Result<Reading, ReadingFailure>>;
}
