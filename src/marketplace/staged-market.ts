/** A small market for tests, put together by the roles themselves: an owner's dataset, a registered circuit, a posted task, a custodian. */
import type { PostedTask } from '../consensus/ledger.ts';
import { concatBytes, toHex, utf8, type Hex } from '../protocol/bytes.ts';
import { GROTH16_BN254, INSECURE, KIND_INFER, circuitId, type CircuitParts } from '../protocol/circuit.ts';
import { developmentPoints } from '../protocol/development-key.ts';
import { toBytes32 } from '../protocol/field.ts';
import { encodeHead, headId, type Artefacts, type Head, type ModelHead } from '../protocol/heads.ts';
import type { Address, BlobId, CircuitId, ModelId } from '../protocol/ids.ts';
import type { Result } from '../protocol/result.ts';
import { sha256 } from '../protocol/sha256.ts';
import type { ShardStore } from '../storage/shard-store.ts';
import { grantKey, type Custodian } from './grant-key.ts';
import { postTask, type Order } from './post-task.ts';
import { publishDataset, type DatasetSource, type PublishedDataset } from './publish-dataset.ts';
import { StubLedger } from './stub-ledger.ts';
import { StubNetwork } from './stub-network.ts';

export const OWNER: Address = `0x${'0e'.repeat(20)}`;
export const REQUESTER: Address = `0x${'0f'.repeat(20)}`;
export const STRANGER: Address = `0x${'66'.repeat(20)}`;

export interface Stage {
  readonly ledger: StubLedger;
  readonly network: StubNetwork;
  readonly custodian: Custodian;
  readonly custodianStore: ShardStore;
  readonly source: DatasetSource;
  readonly dataset: PublishedDataset;
  readonly circuit: CircuitId;
  readonly parts: CircuitParts;
  readonly key: Hex;
  readonly model: ModelHead;
  readonly artefacts: Artefacts;
  readonly order: Order;
  readonly posted: PostedTask;
}

/** The G1 generator: a key's input points only have to lie on the curve for a test that checks no proof. */
const GENERATOR = concatBytes(toBytes32(1n), toBytes32(2n));

export function expectOk<Value>(result: Result<Value, unknown>): Value {
  if (!result.ok) throw new Error(`failed: ${JSON.stringify(result.failure)}`);
  return result.value;
}

export async function publishAs(ledger: StubLedger, publisher: Address, head: Head): Promise<Hex> {
  const before = ledger.sender;
  ledger.sender = publisher;
  expectOk(await ledger.send({ send: 'publish', kind: head.t, head: toHex(encodeHead(head)) }));
  ledger.sender = before;
  return headId(head);
}

/** Four shards of four rows of twenty bytes; a task over some of them. */
export async function stageMarket(custodianStore: ShardStore, shards: readonly number[] = [2, 0, 3]): Promise<Stage> {
  const ledger = new StubLedger();

  const onnx = utf8('the model that a real market would serve');
  const provingKey = utf8('the proving key that a real market would serve');
  for (const bytes of [onnx, provingKey]) expectOk(await custodianStore.put({ kind: 'blob', id: sha256(bytes) as BlobId }, bytes));
  const image = { name: 'image', shape: [4, 20], bits: 8, signed: false };
  const logits = { name: 'logits', shape: [4, 10], bits: 24, signed: true };
  const model: ModelHead = { t: 'prooftab/model/1', onnx: sha256(onnx) as BlobId, graph: sha256(utf8('graph')), inputs: [image], outputs: [logits] };
  const modelId = (await publishAs(ledger, REQUESTER, model)) as ModelId;

  const keyBytes = concatBytes(developmentPoints(), GENERATOR, GENERATOR, GENERATOR, GENERATOR);
  const parts: CircuitParts = {
    system: GROTH16_BN254,
    kind: KIND_INFER,
    model: modelId,
    relation: sha256(utf8('relation')),
    key: sha256(keyBytes),
    values: 2,
    meter: [53_600, 0, 0, 0, 0, 0],
    flags: INSECURE,
  };
  const circuit = circuitId(parts);
  expectOk(await ledger.send({ send: 'register', parts, key: toHex(keyBytes) }));
  const artefacts: Artefacts = {
    t: 'prooftab/artefacts/1',
    circuit,
    model: modelId,
    provingKey: sha256(provingKey) as BlobId,
    provingKeyBytes: provingKey.length,
    relation: parts.relation as BlobId,
    relationBytes: 8,
    onnxBytes: onnx.length,
  };
  await publishAs(ledger, REQUESTER, artefacts);

  const source: DatasetSource = {
    rows: Uint8Array.from({ length: 16 * 20 }, (_, i) => (i * 37) % 256),
    rowCount: 16,
    column: { name: 'pixel', bits: 8, count: 20 },
    shardRows: 4,
    depth: 4,
    ownerSecret: new Uint8Array(32).fill(9),
    salt: new Uint8Array(32).fill(3),
    owner: OWNER,
  };
  ledger.sender = OWNER;
  const dataset = expectOk(await publishDataset({ ledger, shards: custodianStore }, source));
  const order: Order = {
    requester: REQUESTER,
    circuit,
    dataset: { id: dataset.id, head: dataset.head, list: dataset.list },
    shards,
    grade: 2,
    text: 'Which digit is on each image?',
    nonce: `0x${'07'.repeat(16)}`,
    price: 1_000n,
    ownerPrice: 100n,
    closes: ledger.time + 7_200,
    lease: 600,
  };
  ledger.sender = REQUESTER;
  const posted = expectOk(await postTask(ledger, order));

  return {
    ledger,
    custodianStore,
    source,
    dataset,
    circuit,
    parts,
    key: toHex(keyBytes),
    model,
    artefacts,
    order,
    posted,
    ...staffed(ledger, custodianStore, source, dataset, circuit),
  };
}

/** A network with one source and one custodian, which reads this ledger. */
function staffed(
  ledger: StubLedger,
  shards: ShardStore,
  { ownerSecret }: DatasetSource,
  { id }: PublishedDataset,
  circuit: CircuitId,
): Pick<Stage, 'network' | 'custodian'> {
  const network = new StubNetwork();
  network.sources.set('custodian', shards);
  const custody = { ownerSecret, circuits: [circuit], ownerPrice: 100n };
  const custodian: Custodian = { ledger, shards, custody: (dataset) => (dataset === id ? custody : null), depth: 0, seen: new Map() };
  network.custodian = (request) => grantKey(custodian, request);
  return { network, custodian };
}

/** The same market once more, apart from the first. What its custodian stores is shared. */
export function forkStage(stage: Stage): Stage {
  const ledger = stage.ledger.fork();
  return { ...stage, ledger, ...staffed(ledger, stage.custodianStore, stage.source, stage.dataset, stage.circuit) };
}
