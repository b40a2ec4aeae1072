/** Where the proven input comes from: its path to a dataset's root, and whether the task itself names that dataset. */
import { answersFit } from '../../protocol/answers.ts';
import { KIND_INFER } from '../../protocol/circuit.ts';
import { isDemonstration } from '../../protocol/demonstration.ts';
import { fromHex32, isScalar } from '../../protocol/field.ts';
import { headId } from '../../protocol/heads.ts';
import type { DatasetId } from '../../protocol/ids.ts';
import type { Receipt } from '../../protocol/receipt.ts';
import { rootFrom } from '../../protocol/row-tree.ts';
import type { DataFault, DataFinding, Publication } from './findings.ts';
import { provenRows } from './proven-rows.ts';
import type { TaskBehind } from './task.ts';

/** An answer is four bits. */
const CLASSES = 16;
/** Whoever made a demonstration had the row, and showed it to nobody for its sake. */
const OWN = 1;

export function checkData({ statement, material }: Receipt, task: TaskBehind | null, published: Publication): DataFinding {
  if (task !== null && statement.unit >= task.terms.units) return broken('no-such-unit');
  if (material.circuit.kind !== KIND_INFER) return { state: 'none' };
  const { dataset, path } = material;
  const [input = 0n, answers = 0n] = statement.values;
  const unitDepth = dataset.depth - path.siblings.length;
  const unitRows = 2 ** unitDepth;
  const firstRow = path.index * unitRows;

  // First of all: a head may claim four thousand million rows, and what follows would count that far.
  if (!answersFit(unitRows, CLASSES)) return broken('answers');
  if (unitDepth < 0 || path.index >= 2 ** path.siblings.length) return broken('path');
  const siblings = path.siblings.map(fromHex32);
  // A node of r or more hashes like its remainder: one path would have many spellings.
  if (![input, ...siblings].every(isScalar)) return broken('path');
  if (rootFrom(input, path.index, siblings) !== fromHex32(dataset.root)) return broken('path');
  // The head is whoever's: only the circuit says how many rows were read, and so how many answers were proven.
  if (unitRows !== provenRows(material) || unitRows !== dataset.shardRows) return broken('unit');
  if (firstRow >= dataset.rows) return broken('rows');
  if (answers >= BigInt(CLASSES) ** BigInt(unitRows)) return broken('answers');

  const id = headId(dataset) as DatasetId;
  const source = { dataset: id, owner: dataset.owner, firstRow, rows: Math.min(unitRows, dataset.rows - firstRow), unitRows, published };
  // A demonstration's subject is the hash of a request that names this data set: nobody has to be asked.
  if (isDemonstration(statement, dataset)) return { state: 'bound', grade: OWN, ...source };
  const details = task?.details ?? null;
  if (details === null) return { state: 'found', ...source };
  return details.dataset === id ? { state: 'bound', grade: details.grade, ...source } : broken('other-dataset');
}

function broken(because: DataFault): DataFinding {
  return { state: 'broken', because };
}
