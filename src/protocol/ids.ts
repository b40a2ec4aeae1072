/** Ids are 32-byte hexadecimal text, branded by the noun they name, so that a task id cannot stand where a circuit id is asked for. */
import type { Hex } from './bytes.ts';

declare const noun: unique symbol;
export type Id<Noun extends string> = Hex & { readonly [noun]: Noun };

/** SHA-256 of a blob's bytes (an ONNX file, a proving key, a list): `sha256sum` agrees. */
export type BlobId = Id<'blob'>;
/** Root of the RFC 9162 tree over a sealed shard's 1 KiB leaves. */
export type ShardId = Id<'shard'>;
export type TaskId = Id<'task'>;
export type CircuitId = Id<'circuit'>;
export type ModelId = Id<'model'>;
export type DatasetId = Id<'dataset'>;
export type DetailsId = Id<'details'>;
export type ReceiptId = Id<'receipt'>;

/** 20 bytes; EIP-55 or lower case, compared without case. */
export type Address = Hex;
