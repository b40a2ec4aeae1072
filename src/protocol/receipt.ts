/** A receipt is a proof together with what it is about: a file that anyone can re-verify offline. */
import { fromHex, type Hex } from './bytes.ts';
import { decodeCbor, encodeCbor, type CborFailure, type CborMap, type CborValue } from './cbor.ts';
import { exactly, hexOf, hexValue, listOf, mapOf, naturalOf, NotThisRecord, parsing } from './cbor-fields.ts';
import type { CircuitParts, Meter } from './circuit.ts';
import { fromBytes, isScalar, toBytes32 } from './field.ts';
import { headToMap, readDatasetHead, readModelHead, type DatasetHead, type ModelHead } from './heads.ts';
import type { Address, CircuitId, ModelId, ReceiptId } from './ids.ts';
import { fail, ok, type Result } from './result.ts';
import { sha256 } from './sha256.ts';

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

export const MAX_RECEIPT_BYTES = 1024 * 1024;
const U16 = 2 ** 16 - 1;
const U32 = 2 ** 32 - 1;
const U40 = 2 ** 40 - 1;

/** The receipt file: canonical CBOR, about 2 KB for Groth16. */
export function encodeReceipt(receipt: Receipt): Uint8Array<ArrayBuffer> {
  const { material } = receipt;
  return encodeCbor({
    t: receipt.t,
    statement: statementToMap(receipt.statement),
    proof: { system: receipt.proof.system, bytes: receipt.proof.bytes },
    material: {
      circuit: partsToMap(material.circuit),
      key: fromHex(material.key),
      dataset: headToMap(material.dataset),
      path: { index: material.path.index, siblings: material.path.siblings.map((sibling) => fromHex(sibling)) },
      model: headToMap(material.model),
    },
    anchors: receipt.anchors.map(({ chain, contract, tx, log, block, time }) => ({
      chain,
      contract: fromHex(contract),
      tx: fromHex(tx),
      log,
      block,
      time,
    })),
  });
}

/** Reads a receipt from untrusted bytes: its form, not yet its truth. */
export function decodeReceipt(bytes: Uint8Array): Result<Receipt, CborFailure> {
  const decoded = decodeCbor(bytes, MAX_RECEIPT_BYTES);
  if (!decoded.ok) return decoded;
  const parsed = parsing(() => readReceipt(decoded.value));
  return 'value' in parsed ? ok(parsed.value) : fail({ kind: 'bad-encoding', detail: parsed.refusal });
}

/** SHA-256 of the statement's CBOR: the same for every malleated form of its proof. */
export function statementId(statement: Statement): ReceiptId {
  return sha256(encodeCbor(statementToMap(statement))) as ReceiptId;
}

export function receiptId(receipt: Pick<Receipt, 'statement'>): ReceiptId {
  return statementId(receipt.statement);
}

function statementToMap(statement: Statement): CborMap {
  return {
    t: statement.t,
    circuit: fromHex(statement.circuit),
    chain: statement.chain,
    contract: fromHex(statement.contract),
    subject: fromHex(statement.subject),
    unit: statement.unit,
    beneficiary: fromHex(statement.beneficiary),
    values: statement.values.map(toBytes32),
    digest: toBytes32(statement.digest),
  };
}

function partsToMap(parts: CircuitParts): CborMap {
  return {
    system: parts.system,
    kind: parts.kind,
    model: fromHex(parts.model),
    relation: fromHex(parts.relation),
    key: fromHex(parts.key),
    values: parts.values,
    meter: [...parts.meter],
    flags: parts.flags,
  };
}

function readReceipt(value: CborValue): Receipt {
  const map = mapOf(value, ['t', 'statement', 'proof', 'material', 'anchors']);
  const proof = mapOf(map.proof, ['system', 'bytes']);
  const material = mapOf(map.material, ['circuit', 'key', 'dataset', 'path', 'model']);
  const path = mapOf(material.path, ['index', 'siblings']);
  return {
    t: exactly(map, 't', 'prooftab/receipt/1'),
    statement: readStatement(map.statement),
    proof: { system: naturalOf(proof, 'system', U16), bytes: fromHex(hexOf(proof, 'bytes', 256)) },
    material: {
      circuit: readParts(material.circuit),
      key: hexOf(material, 'key', 704),
      dataset: readDatasetHead(material.dataset),
      path: { index: naturalOf(path, 'index', U32), siblings: listOf(path, 'siblings', 32, (sibling) => hexValue(sibling, 32, 'a sibling')) },
      model: readModelHead(material.model),
    },
    anchors: listOf(map, 'anchors', 8, readAnchor),
  };
}

function readStatement(value: CborValue | undefined): Statement {
  const map = mapOf(value, ['t', 'circuit', 'chain', 'contract', 'subject', 'unit', 'beneficiary', 'values', 'digest']);
  return {
    t: exactly(map, 't', 'prooftab/statement/1'),
    circuit: hexOf(map, 'circuit', 32) as CircuitId,
    chain: naturalOf(map, 'chain'),
    contract: hexOf(map, 'contract', 20),
    subject: hexOf(map, 'subject', 32),
    unit: naturalOf(map, 'unit', U32),
    beneficiary: hexOf(map, 'beneficiary', 20),
    values: listOf(map, 'values', 256, (entry) => scalarValue(entry, 'a value')),
    digest: scalarValue(map.digest, 'digest'),
  };
}

function readParts(value: CborValue | undefined): CircuitParts {
  const map = mapOf(value, ['system', 'kind', 'model', 'relation', 'key', 'values', 'meter', 'flags']);
  const meter = listOf(map, 'meter', 6, (entry) => {
    if (typeof entry !== 'number' || entry < 0 || entry > U40) throw new NotThisRecord('a meter reading is not an unsigned 40-bit integer');
    return entry;
  });
  if (meter.length !== 6) throw new NotThisRecord('the meter has six readings');
  return {
    system: naturalOf(map, 'system', U16),
    kind: naturalOf(map, 'kind', U16),
    model: hexOf(map, 'model', 32) as ModelId,
    relation: hexOf(map, 'relation', 32),
    key: hexOf(map, 'key', 32),
    values: naturalOf(map, 'values', U16),
    meter: meter as unknown as Meter,
    flags: naturalOf(map, 'flags', U16),
  };
}

function readAnchor(value: CborValue): Anchor {
  const map = mapOf(value, ['chain', 'contract', 'tx', 'log', 'block', 'time']);
  return {
    chain: naturalOf(map, 'chain'),
    contract: hexOf(map, 'contract', 20),
    tx: hexOf(map, 'tx', 32),
    log: naturalOf(map, 'log', U32),
    block: naturalOf(map, 'block'),
    time: naturalOf(map, 'time', U40),
  };
}

function scalarValue(value: CborValue | undefined, what: string): bigint {
  const scalar = fromBytes(fromHex(hexValue(value, 32, what)));
  if (!isScalar(scalar)) throw new NotThisRecord(`${what} is not below the field's order`);
  return scalar;
}
