/** The circuit of kind infer: rows under a node, through a model, give these answers. */
import type { IntegerGraph } from '../../model/integer-graph.ts';
import { answersFit } from '../../protocol/answers.ts';
import { argMaxGadget } from './arg-max-gadget.ts';
import { ConstraintRecorder } from './constraint-recorder.ts';
import type { ConstraintSystem } from './constraint-system.ts';
import type { Guard } from './guard.ts';
import { modelGadget } from './model-gadget.ts';
import type { Relation } from './relation.ts';
import { pixelsGadget, rowLeafGadget } from './row-gadget.ts';
import { rowNodeGadget } from './row-node-gadget.ts';
import { weighted, type Signal } from './signal.ts';
import { statementGadget } from './statement-gadget.ts';

export interface InferInputs {
  /** Public: what the statement says. */
  readonly domain: bigint;
  readonly digest: bigint;
  readonly fold: bigint;
  /** Private: the rows, a power of two of them, each `graph.inputs` values of 0 to 255. */
  readonly rows: readonly ArrayLike<number>[];
  /** Private: one salt a row. */
  readonly salts: readonly bigint[];
}

/** What the circuit makes of its inputs, to compare with what was claimed before any proof is attempted. */
export interface InferOutcome {
  /** `[input node, packed answers]` */
  readonly values: readonly [bigint, bigint];
  readonly digest: bigint;
  readonly fold: bigint;
  /** The model's outputs, row after row, as field elements. */
  readonly outputs: readonly bigint[];
}

/** An answer takes four bits of the word, row 0 lowest. */
const ANSWER_BITS = 4;

/**
 * Public `[domain, digest, fold]`; private rows and salts.
 * @throws RangeError on more than 62 rows or 16 classes: the answers would not fit their word
 */
export function inferCircuit(system: ConstraintSystem, graph: IntegerGraph, inputs: InferInputs): InferOutcome {
  if (!answersFit(inputs.rows.length, graph.outputs)) throw new RangeError('answers of at most 62 rows and 16 classes fit one value');
  const signals = { domain: system.public(inputs.domain), digest: system.public(inputs.digest), fold: system.public(inputs.fold) };
  const leaves: Signal[] = [];
  const outputs: Signal[] = [];
  const answers = inputs.rows.map((row, r) => {
    // 1. the row, held to bytes and committed to
    const pixels = pixelsGadget(system, row);
    leaves.push(rowLeafGadget(system, inputs.salts[r], pixels));
    // 2. the same wires through the model
    const logits = modelGadget(system, graph, pixels);
    outputs.push(...logits);
    return argMaxGadget(system, logits, graph.bounds.at(-1)!);
  });
  // 3. what is public: the node over the rows, and the answers
  const node = rowNodeGadget(system, leaves);
  const packed = weighted(answers.map((answer, r) => [1n << BigInt(ANSWER_BITS * r), answer]));
  const { digest, fold } = statementGadget(system, signals, [node, packed]);
  return { values: [node.value, packed.value], digest, fold, outputs: outputs.map(({ value }) => value) };
}

/**
 * The relation alone: the same whatever rows it is recorded with.
 * @param omitted a guard to leave out, for tests that show it is needed
 */
export function inferRelation(graph: IntegerGraph, rowCount: number, omitted?: Guard): Relation {
  const recorder = new ConstraintRecorder(omitted);
  const rows = Array.from({ length: rowCount }, () => new Uint8Array(graph.inputs));
  inferCircuit(recorder, graph, { domain: 0n, digest: 0n, fold: 0n, rows, salts: rows.map(() => 0n) });
  return recorder.relation();
}
