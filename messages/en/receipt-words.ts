/** What a receipt shows, does not show and assumes, in words made by whoever checks it: from kind, system, grade and flags, never read from the file. */
import { unpackAnswers } from '../../src/protocol/answers.ts';
import { isDemonstration } from '../../src/protocol/demonstration.ts';
import type { Grade } from '../../src/protocol/heads.ts';
import type {
  ChainFault,
  ChainFinding,
  CircuitFault,
  CircuitFinding,
  DataFault,
  DataFinding,
  Mathematics,
  ReceiptCheck,
} from '../../src/proof/receipt-check/findings.ts';
import type { Receipt } from '../../src/protocol/receipt.ts';
import { dateText, shortAddress, shortId } from './figures.ts';

export interface ReceiptWords {
  readonly shows: readonly string[];
  readonly doesNotShow: readonly string[];
  readonly assumes: readonly string[];
}

export function receiptWords(check: ReceiptCheck): ReceiptWords {
  return { shows: shows(check), doesNotShow: doesNotShow(check), assumes: assumes(check) };
}

const TWO_STORIES = 'Nothing: the file says one thing in its receipt and another in its id, its snarkjs part or a field that no receipt has.';

function shows(check: ReceiptCheck): readonly string[] {
  if (!isProven(check)) return [check.twoStories ? TWO_STORIES : 'Nothing: this receipt does not hold.'];
  const { circuit, data, chain, receipt } = check;
  const { statement } = receipt;
  const [input = 0n] = statement.values;
  if (isDemonstration(statement, receipt.material.dataset))
    return [
      `Model ${shortId(circuit.model)}, run exactly on one private row, locked as ${shortId(nodeText(input))}${answersWords(check)}; for whoever looks.`,
    ];
  const bound = `for task ${shortId(statement.subject)}, unit ${statement.unit}, payable to ${shortAddress(statement.beneficiary)} only`;
  const shown =
    data.state === 'none'
      ? `A statement of kind ${receipt.material.circuit.kind}, for which this program has no words, with ${statement.values.length} values`
      : `Model ${shortId(circuit.model)}, run exactly on ${rowsWords(data, input)}${answersWords(check)}`;
  return [`${shown}; ${bound}.`, ...(chain.state === 'proved' ? [`The chain asked now paid for it on ${dateText(chain.anchor.time)}.`] : [])];
}

/** A check under which the receipt shows something: its proof holds, for a circuit that is what the file says. */
type Proven = ReceiptCheck & { readonly circuit: Exclude<CircuitFinding, { readonly state: 'broken' }> };

function isProven(check: ReceiptCheck): check is Proven {
  return check.mathematics.state === 'holds' && check.circuit.state !== 'broken' && !check.twoStories;
}

function rowsWords(data: Exclude<DataFinding, { readonly state: 'none' }>, input: bigint): string {
  const node = `input node ${shortId(nodeText(input))}`;
  if (data.state === 'broken') return node;
  const rows = data.rows === 1 ? `row ${data.firstRow}` : `rows ${data.firstRow}–${data.firstRow + data.rows - 1}`;
  const where = `${rows} of data set ${shortId(data.dataset)}${publicationWords(data)}`;
  return data.state === 'bound' ? where : `${node} (also found as ${where}; nothing here says that the task meant that data set)`;
}

function publicationWords({ published, owner }: Extract<DataFinding, { readonly published: unknown }>): string {
  switch (published.state) {
    case 'by-owner':
      return ` (published by ${shortAddress(owner)})`;
    case 'by-another':
      return ` (published by ${shortAddress(published.publisher)}, who is not the owner it names)`;
    case 'unpublished':
      return ' (not published on this chain)';
    case 'not-asked':
      return ` (naming ${shortAddress(owner)} as owner; no chain was asked)`;
  }
}

/**
 * One answer for each row that was proven; none where nothing was. Which rows are padding is believed of a data set that the
 * task names alone: anyone can publish a head that holds the input and counts fewer rows, to keep answers back.
 */
export function answersOf(check: ReceiptCheck): readonly number[] {
  const { data, receipt } = check;
  const [, answers = 0n] = receipt.statement.values;
  if (!isProven(check) || data.state === 'none' || data.state === 'broken') return [];
  return unpackAnswers(answers, data.state === 'bound' ? data.rows : data.unitRows);
}

function answersWords(check: ReceiptCheck): string {
  const answers = answersOf(check);
  if (answers.length === 0) return '';
  const padding = check.data.state === 'found' ? ` (one for each of the unit’s ${answers.length} rows, padding too)` : '';
  return `, answers ${answers.join(', ')}${padding}`;
}

const NOBODY_ELSE = 'that nobody else saw the data';

const GRADES: Readonly<Record<Grade, string>> = {
  0: 'that anything was secret: this data is public',
  1: 'that the data left its owner’s hands, or that it did not',
  2: 'that nobody else saw the data, or that whoever opened it forgot it: a claimant sees every row of its unit',
};

function doesNotShow({ data, receipt }: ReceiptCheck): readonly string[] {
  return [
    'That the data is true or lawfully held.',
    'That the model is good, or its answers right.',
    'Who ran it, or where.',
    sentence(data.state === 'bound' && !isDemonstration(receipt.statement, receipt.material.dataset) ? GRADES[data.grade] : NOBODY_ELSE),
  ];
}

function assumes({ circuit, receipt }: ReceiptCheck): readonly string[] {
  const setUp = circuit.insecure
    ? 'Groth16 on BN254, with a set-up whose secret nobody kept. Here it is a DEVELOPMENT KEY, INSECURE: anyone could forge this receipt.'
    : circuit.state === 'unknown'
      ? 'Groth16 on BN254, with a set-up whose secret nobody kept. Nothing here says who made this key: whoever kept its secret could forge this receipt.'
      : 'Groth16 on BN254, with a set-up whose secret nobody kept.';
  const compiled =
    circuit.state === 'recompiled'
      ? 'Nothing about the circuit: it was compiled again here to the same id.'
      : circuit.state === 'listed'
        ? 'The list that names this circuit as a faithful compilation of the model.'
        : 'That this circuit is a faithful compilation of the model: it was not compiled again here, and no trusted list names it.';
  const rows = isDemonstration(receipt.statement, receipt.material.dataset) ? [] : ['The data set’s owner built its roots over the rows it meant.'];
  return [setUp, compiled, 'Poseidon and SHA-256 as fingerprints.', ...rows];
}

export interface PartWords {
  readonly part: 'mathematics' | 'circuit' | 'data' | 'chain';
  /** `unknown` is neither: not looked at, or not to be told from here. */
  readonly state: 'holds' | 'broken' | 'unknown';
  readonly word: string;
  readonly detail: string;
}

/** The four parts in order, each with its own word and a sentence. */
export function partWords({ mathematics, circuit, data, chain, receipt }: ReceiptCheck): readonly PartWords[] {
  return [mathematicsWords(mathematics), circuitWords(circuit), dataWords(data, receipt), chainWords(chain)];
}

const MATHEMATICS: Readonly<Record<Extract<Mathematics, { state: 'fails' }>['because'], string>> = {
  system: 'It names a proof system that this program does not know.',
  'value-count': 'It has another number of values than its circuit, or than its kind of statement.',
  'value-range': 'A value is not below the field’s order.',
  digest: 'The digest is not that of its values.',
  key: 'Its verification key is malformed, or lets anyone forge.',
  proof: 'The proof is malformed.',
  equation: 'The proof does not fit this statement: something in it was changed, or was never proven.',
};

function mathematicsWords(found: Mathematics): PartWords {
  return found.state === 'holds'
    ? { part: 'mathematics', state: 'holds', word: 'holds', detail: 'Digest, domain and fold were recomputed, and the proof’s equation holds.' }
    : { part: 'mathematics', state: 'broken', word: 'fails', detail: MATHEMATICS[found.because] };
}

const CIRCUIT: Readonly<Record<CircuitFault, string>> = {
  id: 'The circuit’s parts do not make the id that the statement names.',
  'key-hash': 'The verification key is not the one that the circuit names.',
  key: 'The verification key is malformed, or lets anyone forge (gamma = ±delta, or delta = ±generator).',
  model: 'The model is not the one that the circuit names.',
  'other-circuit': 'The task asks for another circuit: whoever made this one can prove anything with it.',
  'unmarked-development-key': 'The key is a DEVELOPMENT KEY, INSECURE, and its circuit hides that.',
  'development-key': 'The key is a DEVELOPMENT KEY, INSECURE, on a chain where none is allowed.',
};

const KNOWN = {
  recompiled: 'Compiled again here, to the same id.',
  listed: 'Named by a list that you trust.',
  unknown: 'Not compiled again here, and on no list that you trust.',
} as const;

function circuitWords(found: CircuitFinding): PartWords {
  if (found.state === 'broken')
    return { part: 'circuit', state: 'broken', word: found.insecure ? 'INSECURE' : 'broken', detail: CIRCUIT[found.because] };
  const detail = KNOWN[found.state];
  if (found.insecure)
    return { part: 'circuit', state: 'unknown', word: 'INSECURE', detail: `A development key: anyone could forge this receipt. ${detail}` };
  return { part: 'circuit', state: found.state === 'unknown' ? 'unknown' : 'holds', word: found.state, detail };
}

const DATA: Readonly<Record<DataFault, string>> = {
  path: 'The path does not lead from the input to the data set’s root.',
  unit: 'By its path, depth and shards the unit has more or fewer rows than the circuit proved.',
  rows: 'The path points at rows that the data set does not have.',
  answers: 'There are more answers than rows, or more rows than answers can be given for.',
  'other-dataset': 'The task is about another data set.',
  'no-such-unit': 'The task has no unit of this number.',
};

const PUBLISHED = { 'by-owner': 'published', 'by-another': 'by another', unpublished: 'unpublished', 'not-asked': 'in the data set' } as const;

function dataWords(found: DataFinding, { statement, material }: Receipt): PartWords {
  if (found.state === 'broken') return { part: 'data', state: 'broken', word: 'broken', detail: DATA[found.because] };
  if (found.state === 'none') return { part: 'data', state: 'unknown', word: 'none', detail: 'This kind of proof names no data set.' };
  if (isDemonstration(statement, material.dataset))
    return { part: 'data', state: 'holds', word: 'locked', detail: `One row of the maker’s own, locked as data set ${shortId(found.dataset)}.` };
  const where = `data set ${shortId(found.dataset)}${publicationWords(found)}`;
  if (found.state === 'found')
    return {
      part: 'data',
      state: 'unknown',
      word: 'also found',
      detail: `The input occurs in ${where}. Nothing here says that the task meant that data set: ask the chain, or bring the task’s terms.`,
    };
  const word = PUBLISHED[found.published.state];
  return { part: 'data', state: 'holds', word, detail: `The task names ${where}, and the input is in it.` };
}

const CHAIN: Readonly<Record<ChainFault, string>> = {
  'anchor-elsewhere': 'The file points at another chain or contract than its statement.',
  'two-places': 'The file names two places for one settlement.',
  'not-settled': 'The file claims a settlement that the chain does not have.',
  'other-circuit': 'The chain paid for this unit by another circuit than the file’s.',
  'other-settlement': 'The chain settled this unit for another account or other answers.',
  'other-place': 'The settlement is real, and not at the transaction, block and time that the file names.',
};

const CLAIMED = {
  'not-asked': 'The file says where it was settled. No chain was asked.',
  unreachable: 'The file says where it was settled. The chain did not answer, or not in full.',
  'other-chain': 'The file says where it was settled. The chain asked is another one.',
} as const;

function chainWords(found: ChainFinding): PartWords {
  switch (found.state) {
    case 'proved':
      return { part: 'chain', state: 'holds', word: 'proved', detail: `The chain asked now has this settlement, in block ${found.anchor.block}.` };
    case 'claimed':
      return { part: 'chain', state: 'unknown', word: 'claimed', detail: CLAIMED[found.why] };
    case 'absent':
      return { part: 'chain', state: 'unknown', word: 'absent', detail: 'Neither the file nor a chain speaks of a settlement.' };
    case 'broken':
      return { part: 'chain', state: 'broken', word: 'broken', detail: CHAIN[found.because] };
  }
}

function nodeText(node: bigint): string {
  return `0x${node.toString(16).padStart(64, '0')}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
