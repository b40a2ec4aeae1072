/** The check of a receipt: in a browser, a server or the command line, offline unless a ledger is handed in. Four parts, never one boolean. */
import type { Ledger } from '../consensus/ledger.ts';
import { decodeReceipt, MAX_RECEIPT_BYTES, receiptId, type Receipt } from '../protocol/receipt.ts';
import { receiptFromJson, receiptToJson } from '../protocol/receipt-view.ts';
import { fail, ok, type Result } from '../protocol/result.ts';
import { askChain, checkChain } from './receipt-check/chain.ts';
import { checkCircuit, type TrustedCircuits } from './receipt-check/circuit.ts';
import { checkData } from './receipt-check/data.ts';
import type { ReceiptCheck } from './receipt-check/findings.ts';
import { checkMathematics } from './receipt-check/mathematics.ts';
import { tellsOneStory } from './receipt-check/one-story.ts';
import { plainText } from './receipt-check/plain-text.ts';
import { taskBehind, type TaskBehind } from './receipt-check/task.ts';
import type { Verifier } from './verifier.ts';

export interface CheckContext {
  readonly verifier: Verifier;
  readonly trusted?: TrustedCircuits;
  /** Terms and Details behind the statement's subject, where whoever checks has them. A ledger finds them by itself. */
  readonly task?: TaskBehind;
  /** Asked for the settlement, the task and the published heads. */
  readonly ledger?: Ledger;
}

export type NotAReceipt =
  | { readonly kind: 'too-large'; readonly limit: number }
  /** `detail` says what the strict decoder met, which may be words of the file: one line of plain text. */
  | { readonly kind: 'not-a-receipt'; readonly detail: string };

export async function checkReceipt(receipt: Receipt, { verifier, trusted = {}, task, ledger }: CheckContext): Promise<ReceiptCheck> {
  const answer = await askChain(receipt, ledger);
  const mathematics = await checkMathematics(receipt, verifier);
  const behind = taskBehind(receipt.statement, [task ?? null, answer.task]);
  const circuit = checkCircuit(receipt, behind, trusted);
  const data = checkData(receipt, behind, answer.published);
  const chain = checkChain(receipt, answer);
  const holds = mathematics.state === 'holds' && [circuit, data, chain].every(({ state }) => state !== 'broken');
  return { receipt, id: receiptId(receipt), mathematics, circuit, data, chain, twoStories: false, holds };
}

/** Reads a receipt file and checks it. Its JSON view repeats things, for people and for snarkjs: one that tells another story there does not hold. */
export async function checkReceiptFile(file: Uint8Array, context: CheckContext): Promise<Result<ReceiptCheck, NotAReceipt>> {
  const receipt = readReceipt(file);
  if (!receipt.ok) return receipt;
  const check = await checkReceipt(receipt.value, context);
  const text = jsonText(file);
  const twoStories = text !== null && !tellsOneStory(text, receiptToJson(receipt.value));
  return ok({ ...check, twoStories, holds: check.holds && !twoStories });
}

/** Reads a receipt file, in either form: CBOR, or its JSON view. */
export function readReceipt(file: Uint8Array): Result<Receipt, NotAReceipt> {
  if (file.length > MAX_RECEIPT_BYTES) return fail({ kind: 'too-large', limit: MAX_RECEIPT_BYTES });
  const text = jsonText(file);
  const receipt = text === null ? decodeReceipt(file) : receiptFromJson(text);
  return receipt.ok ? receipt : fail({ kind: 'not-a-receipt', detail: plainText(receipt.failure.detail) });
}

/** The file as text where it begins like a JSON object; a receipt in CBOR begins with the byte of a map. */
function jsonText(file: Uint8Array): string | null {
  const text = new TextDecoder().decode(file);
  return /^\s*\{/.test(text) ? text : null;
}
