/** For tests: whole receipts that hold, made without any witness by whoever knows a key's trapdoor; and a verifier that needs no snarkjs. */
import { bn254 } from '@noble/curves/bn254.js';
import { packAnswers } from '../../protocol/answers.ts';
import { g1ToBytes, g2ToBytes, readG1, readG2 } from '../../protocol/bn254-points.ts';
import { concatBytes, toHex, utf8 } from '../../protocol/bytes.ts';
import { circuitId, GROTH16_BN254, INSECURE, KIND_INFER, type CircuitParts } from '../../protocol/circuit.ts';
import { DEVELOPMENT_TRAPDOOR, type Trapdoor } from '../../protocol/development-key.ts';
import { digestOf, publicSignals } from '../../protocol/domain.ts';
import { SCALAR_ORDER, toHex32 } from '../../protocol/field.ts';
import { headId, type DatasetHead, type Details, type ModelHead } from '../../protocol/heads.ts';
import type { BlobId, DatasetId, DetailsId, ModelId } from '../../protocol/ids.ts';
import type { Receipt, Statement } from '../../protocol/receipt.ts';
import { nodeOver, pathToRoot } from '../../protocol/row-tree.ts';
import { sha256 } from '../../protocol/sha256.ts';
import { taskId, type Terms } from '../../protocol/terms.ts';
import type { Verifier } from '../verifier.ts';

const { G1, G2, fields } = bn254;
const hashOf = (text: string) => sha256(utf8(text));
const addressOf = (digit: string) => `0x${digit.repeat(40)}` as const;

/** Four of eight rows: unit 1 of a data set of depth 3. */
const LEAVES = [11n, 12n, 13n, 14n, 15n, 16n, 17n, 18n];
const UNIT = 1;

/** Scalars that are nobody's development key. */
export const OTHER_TRAPDOOR: Trapdoor = { tau: 5n, alpha: 7n, beta: 11n, gamma: 13n, delta: 17n };

/** Scalars of the four IC points: any will do, since whoever forges chooses them. */
const IC = [3n, 19n, 23n, 29n];

export interface ForgedTask {
  readonly receipt: Receipt;
  readonly terms: Terms;
  readonly details: Details;
}

export interface ForgeryOptions {
  readonly trapdoor?: Trapdoor;
  readonly flags?: number;
  readonly chain?: number;
  /** Replaces fields of the statement before it is proven: a sound proof of a wrong statement. */
  readonly statement?: Partial<Statement>;
  readonly answers?: readonly number[];
  /** Replaces parts of the circuit, whose id is made of them. */
  readonly circuit?: Partial<CircuitParts>;
  readonly model?: Partial<ModelHead>;
  readonly dataset?: Partial<DatasetHead>;
}

export function forgedReceipt({
  trapdoor = DEVELOPMENT_TRAPDOOR,
  flags = INSECURE,
  chain = 31337,
  statement: changes = {},
  answers = [7, 2, 1, 0],
  circuit = {},
  model: modelChanges = {},
  dataset: datasetChanges = {},
}: ForgeryOptions = {}): ForgedTask {
  const key = keyOf(trapdoor);
  const model: ModelHead = {
    t: 'prooftab/model/1',
    onnx: hashOf('onnx') as BlobId,
    graph: hashOf('graph'),
    inputs: [{ name: 'pixels', shape: [784], bits: 8, signed: false }],
    outputs: [{ name: 'logits', shape: [10], bits: 24, signed: true }],
    ...modelChanges,
  };
  const parts: CircuitParts = {
    system: GROTH16_BN254,
    kind: KIND_INFER,
    model: headId(model) as ModelId,
    relation: hashOf('relation'),
    key: sha256(key),
    values: 2,
    meter: [53_600, 436_000, 0, 3136, 40, 0],
    flags,
    ...circuit,
  };
  const dataset: DatasetHead = {
    t: 'prooftab/dataset/1',
    schema: [{ name: 'pixel', bits: 8, count: 784 }],
    salt: hashOf('salt'),
    rows: 7,
    depth: 3,
    shardRows: 4,
    root: toHex32(nodeOver(LEAVES)),
    root2: '0x',
    shards: hashOf('shards') as BlobId,
    owner: addressOf('3'),
    ...datasetChanges,
  };
  const details: Details = {
    t: 'prooftab/details/1',
    dataset: headId(dataset) as DatasetId,
    grade: 2,
    grant: '0x',
    round: '0x',
    text: 'Read these digits',
    nonce: toHex(new Uint8Array(16)),
  };
  const nodes = [nodeOver(LEAVES.slice(0, 4)), nodeOver(LEAVES.slice(4))];
  const market = addressOf('4');
  const terms: Terms = {
    requester: addressOf('5'),
    circuit: circuitId(parts),
    inputs: hashOf('inputs'),
    units: 2,
    price: 40n,
    owner: dataset.owner,
    ownerPrice: 0n,
    gate: addressOf('0'),
    judge: addressOf('6'),
    closes: 2_000_000_000,
    lease: 600,
    tariff: 0,
    details: headId(details) as DetailsId,
  };
  const values = changes.values ?? [nodes[UNIT] ?? 0n, packAnswers(answers)];
  const statement: Statement = {
    t: 'prooftab/statement/1',
    circuit: terms.circuit,
    chain,
    contract: market,
    subject: taskId(chain, market, terms),
    unit: UNIT,
    beneficiary: addressOf('7'),
    digest: digestOf(values),
    ...changes,
    values,
  };
  const receipt: Receipt = {
    t: 'prooftab/receipt/1',
    statement,
    proof: { system: GROTH16_BN254, bytes: forgedProof(trapdoor, publicSignals(statement)) },
    material: { circuit: parts, key: toHex(key), dataset, path: { index: UNIT, siblings: pathToRoot(nodes, UNIT, 1).map(toHex32) }, model },
    anchors: [{ chain, contract: market, tx: hashOf('tx'), log: 2, block: 41, time: 1_900_000_000 }],
  };
  return { receipt, terms, details };
}

export function keyOf({ alpha, beta, gamma, delta }: Trapdoor): Uint8Array<ArrayBuffer> {
  const g2 = (scalar: bigint) => g2ToBytes(G2.Point.BASE.multiply(scalar).toAffine());
  return concatBytes(g1Of(alpha), g2(beta), g2(gamma), g2(delta), ...IC.map(g1Of));
}

/** A = a·G, B = b·H, and the C that makes e(A, B) = e(α, β) · e(ΣsᵢICᵢ, γ) · e(C, δ): no witness anywhere. */
export function forgedProof({ alpha, beta, gamma, delta }: Trapdoor, signals: readonly [bigint, bigint, bigint]): Uint8Array<ArrayBuffer> {
  const [a, b] = [31n, 37n];
  const sum = [1n, ...signals].reduce((total, signal, i) => total + signal * (IC[i] ?? 0n), 0n);
  const c = fields.Fr.div(fields.Fr.create(a * b - alpha * beta - sum * gamma), delta);
  return concatBytes(g1Of(a), g2ToBytes(G2.Point.BASE.multiply(b).toAffine()), g1Of(c));
}

function g1Of(scalar: bigint): Uint8Array<ArrayBuffer> {
  return g1ToBytes(G1.Point.BASE.multiply(scalar % SCALAR_ORDER).toAffine());
}

/** Groth16's equation by the pairing of @noble/curves, in one product: slow, and nothing else in it. */
export const pairingVerifier: Verifier = {
  verify(key, signals, proof) {
    const g1 = (bytes: Uint8Array) => G1.Point.fromAffine(readG1(bytes) ?? notAPoint());
    const g2 = (bytes: Uint8Array) => G2.Point.fromAffine(readG2(bytes) ?? notAPoint());
    const ic = IC.map((_, i) => g1(key.subarray(448 + 64 * i, 512 + 64 * i)));
    const sum = [1n, ...signals].reduce((total, signal, i) => total.add((ic[i] ?? G1.Point.ZERO).multiplyUnsafe(signal)), G1.Point.ZERO);
    try {
      const product = bn254.pairingBatch([
        { g1: g1(proof.subarray(0, 64)).negate(), g2: g2(proof.subarray(64, 192)) },
        { g1: g1(key.subarray(0, 64)), g2: g2(key.subarray(64, 192)) },
        { g1: sum, g2: g2(key.subarray(192, 320)) },
        { g1: g1(proof.subarray(192)), g2: g2(key.subarray(320, 448)) },
      ]);
      return Promise.resolve(fields.Fp12.eql(product, fields.Fp12.ONE));
    } catch {
      return Promise.resolve(false);
    }
  },
};

function notAPoint(): never {
  throw new RangeError('not a point of its group');
}
