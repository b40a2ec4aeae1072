/** Everything that a task names, read from the chain and from peers and checked against its hash and against the rest. */
import type { Ledger, LedgerFailure, PostedTask } from '../consensus/ledger.ts';
import type { NetworkFailure } from '../network/peer-network.ts';
import { toHex, fromHex, type Hex } from '../protocol/bytes.ts';
import { GROTH16_BN254, INFER_VALUES, KIND_INFER, circuitId, isInsecure, type CircuitParts } from '../protocol/circuit.ts';
import { fromHex32, isScalar } from '../protocol/field.ts';
import { isDevelopmentKey, parseKey } from '../protocol/groth16-key.ts';
import type { Artefacts, DatasetHead, Details, Inputs, ModelHead, ShardList } from '../protocol/heads.ts';
import type { Address, DatasetId } from '../protocol/ids.ts';
import { inputsRoot } from '../protocol/input-tree.ts';
import { ok, type Result } from '../protocol/result.ts';
import { sha256 } from '../protocol/sha256.ts';
import { taskId } from '../protocol/terms.ts';
import type { StorageFailure } from '../storage/shard-store.ts';
import { badTask, type BadTask } from './bad-task.ts';
import { checkShardList } from './check-shard-list.ts';
import type { ContentDoors } from './obtain-content.ts';
import { publishedHeads } from './published-heads.ts';
import { sameHex } from '../protocol/same-hex.ts';

export type TaskFailure = LedgerFailure | NetworkFailure | StorageFailure | BadTask;

export interface CheckedTask {
  readonly chainId: number;
  readonly market: Address;
  readonly posted: PostedTask;
  readonly circuit: CircuitParts;
  /** 704 bytes. */
  readonly key: Hex;
  readonly details: Details;
  readonly datasetId: DatasetId;
  readonly dataset: DatasetHead;
  readonly list: ShardList;
  readonly inputs: Inputs;
  readonly model: ModelHead;
  readonly artefacts: Artefacts;
}

export interface TaskDoors extends ContentDoors {
  readonly ledger: Ledger;
}

/** The only chain on which keys that anyone can forge with are of use. */
const DEVELOPMENT_CHAIN = 31337;
const NO_GATE = `0x${'00'.repeat(20)}` as const;

export async function checkTask(doors: TaskDoors, posted: PostedTask): Promise<Result<CheckedTask, TaskFailure>> {
  const { ledger } = doors;
  const { terms } = posted;
  const clock = await ledger.read({ read: 'clock' });
  if (!clock.ok) return clock;
  const { chainId, market, registry } = clock.value;
  if (!sameHex(taskId(chainId, market, terms), posted.id)) return badTask('task-id');
  if (!sameHex(terms.judge, registry)) return badTask('judge-unknown');
  if (!sameHex(terms.gate, NO_GATE)) return badTask('gate-unknown');

  const circuit = await checkCircuit(ledger, posted, chainId);
  if (!circuit.ok) return circuit;
  const dataset = await checkDataset(ledger, posted);
  if (!dataset.ok) return dataset;
  const inputs = await checkInputs(ledger, posted);
  if (!inputs.ok) return inputs;
  const files = await checkFiles(ledger, posted, circuit.value.circuit);
  if (!files.ok) return files;
  const list = await checkShardList(doors, dataset.value.dataset);
  if (!list.ok) return list;
  return ok({ chainId, market, posted, ...circuit.value, ...dataset.value, inputs: inputs.value, ...files.value, list: list.value });
}

async function checkCircuit(
  ledger: Ledger,
  { terms }: PostedTask,
  chainId: number,
): Promise<Result<Pick<CheckedTask, 'circuit' | 'key'>, LedgerFailure | BadTask>> {
  const registered = await ledger.read({ read: 'circuit', circuit: terms.circuit });
  if (!registered.ok) return registered;
  if (!registered.value) return badTask('circuit-unknown');
  const { parts, key } = registered.value;
  if (!sameHex(circuitId(parts), terms.circuit)) return badTask('circuit-id');
  if (parts.system !== GROTH16_BN254 || parts.kind !== KIND_INFER || parts.values !== INFER_VALUES) return badTask('circuit-kind');
  const keyBytes = fromHex(key);
  const hash = sha256(keyBytes);
  if (!sameHex(hash, parts.key)) return badTask('circuit-key');
  const flaw = flawOf(hash, keyBytes);
  if (flaw !== null) return badTask(flaw);
  // A key that anyone can forge with is allowed where everyone knows that it is one: on the development chain, and with its flag.
  const forgeable = isDevelopmentKey(keyBytes);
  if ((isInsecure(parts) || forgeable) && chainId !== DEVELOPMENT_CHAIN) return badTask('development-key');
  if (forgeable && !isInsecure(parts)) return badTask('unmarked-development-key');
  return ok({ circuit: parts, key });
}

/** What is wrong with keys, by their hash: the points of one take 20 ms to check, and every unit of a circuit has the same key. */
const flaws = new Map<Hex, 'circuit-key' | 'forgeable-key' | null>();

function flawOf(hash: Hex, key: Uint8Array): 'circuit-key' | 'forgeable-key' | null {
  const known = flaws.get(hash);
  if (known !== undefined) return known;
  const read = parseKey(key);
  const isForgeable = !read.ok && (read.failure.detail === 'gamma-is-delta' || read.failure.detail === 'delta-is-generator');
  const flaw = read.ok ? null : isForgeable ? 'forgeable-key' : 'circuit-key';
  flaws.set(hash, flaw);
  return flaw;
}

async function checkDataset(
  ledger: Ledger,
  { terms }: PostedTask,
): Promise<Result<Pick<CheckedTask, 'details' | 'dataset' | 'datasetId'>, LedgerFailure | BadTask>> {
  const allDetails = await publishedHeads(ledger, 'prooftab/details/1');
  if (!allDetails.ok) return allDetails;
  const details = allDetails.value.find(({ id }) => sameHex(id, terms.details))?.head;
  if (!details) return badTask('details-missing');
  const datasets = await publishedHeads(ledger, 'prooftab/dataset/1');
  if (!datasets.ok) return datasets;
  const named = datasets.value.filter(({ id }) => sameHex(id, details.dataset));
  if (named.length === 0) return badTask('dataset-missing');
  // Anyone can publish a head that names someone as its owner: only the owner's own publication says so.
  const dataset = named.find(({ head, publisher }) => sameHex(head.owner, publisher) && sameHex(head.owner, terms.owner))?.head;
  return dataset ? ok({ details, dataset, datasetId: details.dataset }) : badTask('dataset-owner');
}

async function checkInputs(ledger: Ledger, { terms }: PostedTask): Promise<Result<Inputs, LedgerFailure | BadTask>> {
  const published = await publishedHeads(ledger, 'prooftab/inputs/1');
  if (!published.ok) return published;
  const inputs = published.value.find(
    ({ head }) => sameHex(head.root, terms.inputs) && head.units.length === terms.units && sameHex(recomputedRoot(head), terms.inputs),
  );
  return inputs ? ok(inputs.head) : badTask('inputs-missing');
}

function recomputedRoot(inputs: Inputs): Hex {
  const nodes = inputs.units.map(({ input }) => fromHex32(input));
  return nodes.length > 0 && nodes.every(isScalar) ? inputsRoot(nodes) : toHex(new Uint8Array());
}

async function checkFiles(
  ledger: Ledger,
  { terms }: PostedTask,
  circuit: CircuitParts,
): Promise<Result<Pick<CheckedTask, 'model' | 'artefacts'>, LedgerFailure | BadTask>> {
  const models = await publishedHeads(ledger, 'prooftab/model/1');
  if (!models.ok) return models;
  const model = models.value.find(({ id }) => sameHex(id, circuit.model))?.head;
  if (!model) return badTask('model-missing');
  const published = await publishedHeads(ledger, 'prooftab/artefacts/1');
  if (!published.ok) return published;
  const fitting = published.value.filter(
    ({ head }) => sameHex(head.circuit, terms.circuit) && sameHex(head.model, circuit.model) && sameHex(head.relation, circuit.relation),
  );
  // Nothing on the chain ties a proving key to its circuit. Whoever pays for the work is believed before strangers.
  const artefacts = fitting.find(({ publisher }) => sameHex(publisher, terms.requester)) ?? fitting[0];
  return artefacts ? ok({ model, artefacts: artefacts.head }) : badTask('artefacts-missing');
}
