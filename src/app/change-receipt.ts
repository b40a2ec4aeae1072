/** What somebody would change in a receipt to pass off another drawing, another answer or another proof. */
import { packAnswers, unpackAnswers } from '../protocol/answers.ts';
import type { Receipt } from '../protocol/receipt.ts';
import { packRow, rowLeaf } from '../protocol/row-leaf.ts';
import type { Change, Sealed } from './demonstration-desk.ts';

/** The brightest pixel of the drawing, which a forger would wipe out. */
const brightest = (pixels: Uint8Array) => pixels.indexOf(pixels.reduce((most, value) => Math.max(most, value), 0));
/** Somewhere in the middle of the proof. */
const PROOF_BYTE = 100;

export function changedReceipt({ receipt, pixels, salt }: Pick<Sealed, 'receipt' | 'pixels' | 'salt'>, what: Change): Receipt {
  const { statement, proof } = receipt;
  const [input = 0n, answers = 0n] = statement.values;
  switch (what) {
    case 'pixel': {
      const at = brightest(pixels);
      const edited = pixels.map((value, i) => (i === at ? 0 : value));
      return { ...receipt, statement: { ...statement, values: [rowLeaf(salt, packRow(edited, 8)), answers] } };
    }
    case 'answer': {
      const [answer = 0] = unpackAnswers(answers, 1);
      return { ...receipt, statement: { ...statement, values: [input, packAnswers([(answer + 4) % 10])] } };
    }
    case 'proof':
      return { ...receipt, proof: { ...proof, bytes: proof.bytes.map((byte, i) => (i === PROOF_BYTE ? byte ^ 1 : byte)) } };
  }
}
