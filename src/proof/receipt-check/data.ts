/** Where the proven input comes from: its path to a dataset's root, and whether the task itself names that dataset. */
import { answersFit } from '../../protocol/answers.ts';
import { KIND_INFER } from '../../protocol/circuit.ts';
import { fromHex32, isScalar } from '../../protocol/field.ts';
import { headId, type DatasetHead } from '../../protocol/heads.ts';
import type { DatasetId } from '../../protocol/ids.ts';
import type { Receipt } from '../../protocol/receipt.ts';
import { rootFrom } from '../../protocol/row-tree.ts';
import type { DataFault, DataFinding, Publication } from './findings.ts';
import type { TaskBehind } from './task.ts';

/** Where a circuit's meter says how many bytes of rows it reads for one unit. */
const BYTES_IN = 3;

/** An answer is four bits: sixteen classes. */
const CLASSES = 16;

export function checkData({ statement, material }: Receipt, task: TaskBehind | null, published: Publication): DataFinding {
  if (material.circuit.kind !== KIND_INFER) return { state: 'none' };
  const { dataset, path } = material;
  const [input = 0n, answers = 0n] = statement.values;
  const unitDepth = dataset.depth - path.siblings.length;
  const unitRows = 2 ** unitDepth;
  const firstRow = path.index * unitRows;

  if (unitDepth < 0 || path.index >= 2 ** path.siblings.length) return broken('path');
  const siblings = path.siblings.map(fromHex32);
  // A node of r or more hashes like its remainder: one path would have many spellings.
  if (![input, ...siblings].every(isScalar)) return broken('path');
  if (rootFrom(input, path.index, siblings) !== fromHex32(dataset.root)) return broken('path');
  if (unitRows !== dataset.shardRows || 8 * material.circuit.meter[BYTES_IN] !== unitRows * rowBits(dataset)) return broken('unit');
  if (firstRow >= dataset.rows) return broken('rows');
  if (!answersFit(unitRows, CLASSES) || answers >= BigInt(CLASSES) ** BigInt(unitRows)) return broken('answers');

  const id = headId(dataset) as DatasetId;
  const source = { dataset: id, owner: dataset.owner, firstRow, rows: Math.min(unitRows, dataset.rows - firstRow), published };
  const details = task?.details ?? null;
  if (details === null) return { state: 'found', ...source };
  return details.dataset === id ? { state: 'bound', grade: details.grade, ...source } : broken('other-dataset');
}

function rowBits({ schema }: DatasetHead): number {
  return schema.reduce((sum, { bits, count }) => sum + bits * count, 0);
}

function broken(because: DataFault): DataFinding {
  return { state: 'broken', because };
}
