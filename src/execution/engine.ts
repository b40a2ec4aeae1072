/** An engine runs an ONNX file in ONNX Runtime, on one kind of hardware, in single precision. */

export interface Engine {
  readonly name: 'webgpu' | 'wasm';
  readonly threads: number;
  /** Null where this device lacks what the engine needs. */
  open(onnx: Uint8Array<ArrayBuffer>): Promise<Session | null>;
}

export interface Session {
  /**
   * @param rows rowCount × width, 0 to 255
   * @returns rowCount × outputs, as the runtime gave them: whole numbers, if it was exact
   */
  run(rows: Uint8Array, rowCount: number): Promise<Float32Array>;
  close(): Promise<void>;
}
