/** The execution door: open a sealed shard, run the model on its rows, and hand back what the proof needs. */
import type { DatasetHead, Shard } from '../protocol/heads.ts';
import type { Hex } from '../protocol/bytes.ts';
import type { Address, TaskId } from '../protocol/ids.ts';
import type { Result } from '../protocol/result.ts';
import type { WrappedKey } from '../protocol/wrapped-key.ts';

export interface ExecutionRequest {
  /** The ONNX file, checked against its id by whoever stored it. */
  readonly onnx: Uint8Array<ArrayBuffer>;
  readonly dataset: DatasetHead;
  readonly shard: Shard;
  readonly shardIndex: number;
  readonly sealed: Uint8Array<ArrayBuffer>;
  /** The node that the task's Terms name for this unit, 32 bytes big-endian. */
  readonly input: Hex;
  readonly wrappedKey: WrappedKey;
  /** Non-extractable: it can open the wrapped key, and cannot be read. */
  readonly boxKey: CryptoKeyPair;
  readonly task: TaskId;
  readonly unit: number;
  readonly claimant: Address;
}

/** What the witness is built from. Holds private rows: it is moved from the inference worker through the page to the proof worker, and never stored. */
export interface Execution {
  /** rows × columns unsigned values, one byte each for 8-bit columns. */
  readonly rows: Uint8Array<ArrayBuffer>;
  readonly rowCount: number;
  /** One salt per row, 32 bytes big-endian, concatenated. */
  readonly salts: Uint8Array<ArrayBuffer>;
  /** rows × outputs integers, as the runtime computed them. */
  readonly outputs: Int32Array<ArrayBuffer>;
  /** Arg-max per row, lowest index on ties. */
  readonly answers: readonly number[];
  readonly engine: 'webgpu' | 'wasm' | 'reference';
  readonly threads: number;
}

export type ExecutionFailure =
  /** The wrapped key does not open: it was made for another claim. */
  | { readonly kind: 'key-unusable' }
  /** The sealed bytes do not decrypt, or their rows are not the ones the task names. Nothing was computed. */
  | { readonly kind: 'wrong-data'; readonly detail: 'seal' | 'node' | 'length' }
  /** The ONNX file uses something outside the supported set. */
  | { readonly kind: 'model-unsupported'; readonly detail: string }
  | { readonly kind: 'runtime'; readonly detail: string };

export type ExecutionProgress = { readonly step: 'open' | 'read'; readonly done: number; readonly of: number };

export interface Executor {
  execute(request: ExecutionRequest, onProgress?: (progress: ExecutionProgress) => void): Promise<Result<Execution, ExecutionFailure>>;
}
