/** ONNX models: what this project reads and writes of them, with the numbers of onnx.proto3. */

/** TensorProto.DataType */
export const TYPE_NUMBER = { float: 1, int8: 3, int32: 6 } as const;
export type ElementType = keyof typeof TYPE_NUMBER;

export type OnnxTensor = { readonly name: string; readonly dims: readonly number[] } & (
  | { readonly type: 'float'; readonly values: Float32Array<ArrayBuffer> }
  | { readonly type: 'int8'; readonly values: Int8Array<ArrayBuffer> }
  | { readonly type: 'int32'; readonly values: Int32Array<ArrayBuffer> }
);

export interface OnnxNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Integers and floats alike, by name. */
  readonly attributes: Readonly<Record<string, number>>;
}

/** A graph's input or output; a dimension is a number or the name of one left open. */
export interface OnnxValue {
  readonly name: string;
  readonly type: ElementType;
  readonly dims: readonly (number | string)[];
}

export interface OnnxModel {
  readonly opset: number;
  readonly graphName: string;
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

/** AttributeProto.AttributeType */
export const ATTRIBUTE_NUMBER = { float: 1, int: 2 } as const;
