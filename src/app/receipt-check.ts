/** What checking a receipt file tells a page: its parts, each answered on its own, and generated words. */
import type { Receipt } from '../protocol/receipt.ts';

export interface PartView {
  /** Of a task's receipt the first four, of a demonstration the last five. */
  readonly part: 'mathematics' | 'circuit' | 'data' | 'chain' | 'drawing' | 'model' | 'answer' | 'proof' | 'made-for';
  /** `unknown` is neither: it was not looked at, or cannot be told from here. */
  readonly state: 'holds' | 'broken' | 'unknown';
  /** The checker's own word for it: listed, INSECURE, claimed, unpublished … */
  readonly word: string;
  readonly detail: string;
}

export interface CheckedFile {
  readonly name: string;
  readonly size: number;
  readonly receipt: Receipt;
  /** For no task and no chain: somebody shows what a model answers for a row of their own. */
  readonly isDemonstration: boolean;
  /** 64 hexadecimal digits of the recomputed id. */
  readonly print: string;
  readonly parts: readonly PartView[];
  /** False when a part is broken, or the file tells two stories. */
  readonly holds: boolean;
  /** What the file repeats beside its receipt, for people and for snarkjs, differs from it. */
  readonly twoStories: boolean;
  readonly developmentKey: boolean;
  readonly shows: readonly string[];
  readonly doesNotShow: readonly string[];
  readonly assumes: readonly string[];
  readonly answers: readonly number[];
  readonly json: string;
}

export type NotAReceipt =
  | { readonly kind: 'not-a-receipt'; readonly detail: string }
  | { readonly kind: 'too-large'; readonly limit: number }
  /** The program broke off before there was a verdict: nothing is known of the receipt. */
  | { readonly kind: 'not-checked'; readonly detail: string }
  /** The text holds no link that carries a receipt. */
  | { readonly kind: 'no-link' };
