/** A receipt is a proof together with what it is about: a file that anyone can re-verify offline. */
import type { CircuitParts } from './circuit.ts';
import type { DatasetHead, ModelHead } from './heads.ts';
import type { Hex } from './bytes.ts';
import type { Address, CircuitId } from './ids.ts';

/** What a proof is bound to. Its SHA-256 is the receipt's id; the proof stays out, since Groth16 proofs are malleable. */
export interface Statement {
  readonly t: 'prooftab/statement/1';
  readonly circuit: CircuitId;
  readonly chain: number;
  readonly contract: Address;
  /** The task's id, or the hash of an off-chain request. */
  readonly subject: Hex;
  readonly unit: number;
  readonly beneficiary: Address;
  /** Public values, each below the scalar field's order; for infer: the input node, then the packed answers. */
  readonly values: readonly bigint[];
  /** Poseidon of the values. */
  readonly digest: bigint;
}

/** 256 bytes for Groth16: A, B, C in EIP-197 order (imaginary part first). */
export interface Proof {
  readonly system: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Siblings from a node up to its dataset's root, each 32 bytes big-endian. */
export interface RowPath {
  readonly index: number;
  readonly siblings: readonly Hex[];
}

export interface Material {
  readonly circuit: CircuitParts;
  /** 704 bytes. */
  readonly key: Hex;
  readonly dataset: DatasetHead;
  readonly path: RowPath;
  readonly model: ModelHead;
}

/** Where the chain recorded the settlement, as the file claims it. */
export interface Anchor {
  readonly chain: number;
  readonly contract: Address;
  readonly tx: Hex;
  readonly log: number;
  readonly block: number;
  /** Seconds since 1970. */
  readonly time: number;
}

export interface Receipt {
  readonly t: 'prooftab/receipt/1';
  readonly statement: Statement;
  readonly proof: Proof;
  readonly material: Material;
  readonly anchors: readonly Anchor[];
}
