/** One unit of a checked task: all that is needed to claim it, compute it, prove it and be paid. */
import type { Address, DatasetId, TaskId } from '../protocol/ids.ts';
import { fromHex32, toHex32 } from '../protocol/field.ts';
import type { Artefacts, DatasetHead, Details, ModelHead, Shard } from '../protocol/heads.ts';
import type { CircuitParts } from '../protocol/circuit.ts';
import type { Hex } from '../protocol/bytes.ts';
import { inputPath } from '../protocol/input-tree.ts';
import type { RowPath } from '../protocol/receipt.ts';
import { ok, type Result } from '../protocol/result.ts';
import { pathToRoot } from '../protocol/row-tree.ts';
import type { Terms } from '../protocol/terms.ts';
import { badTask, type BadTask } from './bad-task.ts';
import type { CheckedTask } from './check-task.ts';
import { sameHex } from '../protocol/same-hex.ts';

export interface Work {
  readonly chainId: number;
  readonly market: Address;
  readonly task: TaskId;
  readonly terms: Terms;
  readonly unit: number;
  readonly details: Details;
  readonly datasetId: DatasetId;
  readonly dataset: DatasetHead;
  readonly shardIndex: number;
  readonly shard: Shard;
  /** First row of the unit in its dataset. */
  readonly firstRow: number;
  /** The node over the unit's rows, 32 bytes big-endian. */
  readonly input: Hex;
  /** From (unit, input) to `terms.inputs`. */
  readonly inputPath: readonly Hex[];
  /** From the input node to the dataset's root. */
  readonly rowPath: RowPath;
  readonly circuit: CircuitParts;
  /** 704 bytes. */
  readonly key: Hex;
  readonly model: ModelHead;
  readonly artefacts: Artefacts;
}

export function unitWork(task: CheckedTask, unit: number): Result<Work, BadTask> {
  const { chainId, market, posted, details, datasetId, dataset, list, inputs, circuit, key, model, artefacts } = task;
  const asked = inputs.units[unit];
  const shard = asked && list.shards[asked.shard];
  const node = asked && list.nodes[asked.shard];
  if (!asked || !shard || !node || !sameHex(node, asked.input)) return badTask('input-node');
  const above = dataset.depth - Math.log2(dataset.shardRows);
  const siblings = pathToRoot(list.nodes.map(fromHex32), asked.shard, above).map(toHex32);
  return ok({
    chainId,
    market,
    task: posted.id,
    terms: posted.terms,
    unit,
    details,
    datasetId,
    dataset,
    shardIndex: asked.shard,
    shard,
    firstRow: asked.shard * dataset.shardRows,
    input: asked.input,
    inputPath: inputPath(
      inputs.units.map(({ input }) => fromHex32(input)),
      unit,
    ),
    rowPath: { index: asked.shard, siblings },
    circuit,
    key,
    model,
    artefacts,
  });
}
