/** The five checks of a demonstration, in the order in which each rests on the one before, in words made by whoever checks it. */
import { unpackAnswers } from '../../src/protocol/answers.ts';
import { isDemonstration } from '../../src/protocol/demonstration.ts';
import { toHex32 } from '../../src/protocol/field.ts';
import type { CircuitFinding, Mathematics, ReceiptCheck } from '../../src/proof/receipt-check/findings.ts';
import { demonstrationNames, type DemonstrationCheck } from './demonstration-names.ts';
import { shortId } from './figures.ts';

export interface DemonstrationWords {
  readonly part: DemonstrationCheck;
  /** `unknown` is neither: it was not looked at because a check before it failed, or cannot be told from here. */
  readonly state: 'holds' | 'broken' | 'unknown';
  readonly word: string;
  readonly detail: string;
}

/** One for each check; those after the first broken one are not trusted, and say so. */
export function demonstrationWords(check: ReceiptCheck): readonly DemonstrationWords[] {
  const found = [drawing(check), model(check.circuit), answer(check), proof(check.mathematics), madeFor(check)];
  const first = found.findIndex(({ state }) => state === 'broken');
  return found.map((words, i) => (first < 0 || i <= first ? words : unlooked(words.part, found[first].part)));
}

const MATHEMATICS_OF_ANSWER: readonly Extract<Mathematics, { state: 'fails' }>['because'][] = ['digest', 'value-count', 'value-range'];

function drawing({ data, receipt }: ReceiptCheck): DemonstrationWords {
  if (data.state === 'broken' && data.because !== 'answers')
    return broken('drawing', 'Not the drawing that was locked: its fingerprint is another one.');
  const [input = 0n] = receipt.statement.values;
  return holds('drawing', `Locked as ${shortId(toHex32(input))}`);
}

const MODEL: Readonly<Record<Extract<CircuitFinding, { state: 'broken' }>['because'], string>> = {
  id: 'Its parts do not make the fingerprint that was sealed.',
  'key-hash': 'The key is not the one that was sealed.',
  key: 'The key is malformed, or lets anyone forge.',
  model: 'The model is not the one that was sealed.',
  'other-circuit': 'Another model was asked for.',
  'unmarked-development-key': 'A development key that hides what it is.',
  'development-key': 'A development key where none is allowed.',
};

function model(circuit: CircuitFinding): DemonstrationWords {
  if (circuit.state === 'broken') return broken('model', MODEL[circuit.because]);
  const name = `Fingerprint ${shortId(circuit.model)}`;
  if (circuit.state === 'unknown')
    return { part: 'model', state: 'unknown', word: 'unknown', detail: `${name}. Not one that this app was built with.` };
  return holds('model', `${name}, the one that this app was built with`);
}

function answer({ mathematics, data, receipt }: ReceiptCheck): DemonstrationWords {
  const [, packed = 0n] = receipt.statement.values;
  if (data.state === 'broken' && data.because === 'answers') return broken('answer', 'No model of this kind gives it.');
  const [given] = unpackAnswers(packed, 1);
  if (mathematics.state === 'fails' && MATHEMATICS_OF_ANSWER.includes(mathematics.because))
    return broken('answer', `Says ${given}. The proof was made for another answer.`);
  return holds('answer', `${given}, one of 0 to 9`);
}

function proof(mathematics: Mathematics): DemonstrationWords {
  if (mathematics.state === 'holds') return holds('proof', '256 bytes. Its equation holds.');
  return broken(
    'proof',
    mathematics.because === 'equation' ? 'Its equation fails: it proves something else, or nothing.' : 'It is no proof: its points are malformed.',
  );
}

function madeFor({ receipt }: ReceiptCheck): DemonstrationWords {
  if (isDemonstration(receipt.statement, receipt.material.dataset)) return holds('made-for', 'Whoever looks. No task, no payment.');
  return { part: 'made-for', state: 'unknown', word: 'unknown', detail: 'A request that is not in the file. Ask whoever asked for it.' };
}

function holds(part: DemonstrationCheck, detail: string): DemonstrationWords {
  return { part, state: 'holds', word: 'holds', detail };
}

function broken(part: DemonstrationCheck, detail: string): DemonstrationWords {
  return { part, state: 'broken', word: 'broken', detail };
}

function unlooked(part: DemonstrationCheck, failed: DemonstrationCheck): DemonstrationWords {
  return { part, state: 'unknown', word: 'not checked', detail: `The ${demonstrationNames[failed].toLowerCase()} already failed.` };
}
