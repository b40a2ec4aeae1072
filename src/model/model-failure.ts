/** Why an ONNX file cannot be turned into an integer graph. Plain data; `detail` names the node or field and what to change. */
export type ModelFailure =
  /** The bytes are not an ONNX file, or are cut short. */
  | { readonly kind: 'malformed'; readonly detail: string }
  /** It is ONNX, and uses something outside the supported set. */
  | { readonly kind: 'unsupported'; readonly detail: string }
  /** An accumulator could leave the range in which single-precision arithmetic is exact. */
  | { readonly kind: 'out-of-bounds'; readonly node: string; readonly bound: number; readonly detail: string };

/** Thrown inside a reader and caught at its edge, where it becomes a {@link ModelFailure}. */
export class ModelRefused extends Error {
  override readonly name = 'ModelRefused';
  readonly failure: ModelFailure;

  constructor(failure: ModelFailure) {
    super(failure.detail);
    this.failure = failure;
  }
}

export function refuse(detail: string): never {
  throw new ModelRefused({ kind: 'unsupported', detail });
}
