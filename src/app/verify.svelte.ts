/** The state behind the Verify page: at rest, reading a file, what it checked, or why it is no receipt. */
import { fail } from '../protocol/result.ts';
import { receiptInLink } from './receipt-link.ts';
import type { CheckedFile, NotAReceipt } from './receipt-check.ts';
import type { ReceiptDesk } from './worksite.ts';

export type VerifyState =
  | { readonly at: 'rest' }
  | { readonly at: 'reading'; readonly name: string }
  | { readonly at: 'checked'; readonly file: CheckedFile; readonly seconds: number }
  | { readonly at: 'refused'; readonly name: string; readonly why: NotAReceipt };

/** A receipt is a few KB; a larger file than the check takes (MAX_RECEIPT_BYTES) is not even read. */
const LARGEST = 1024 * 1024;

export class Verify {
  state = $state.raw<VerifyState>({ at: 'rest' });
  readonly #desk: () => Promise<ReceiptDesk>;

  constructor(desk: () => Promise<ReceiptDesk>) {
    this.#desk = desk;
  }

  clear(): void {
    this.state = { at: 'rest' };
  }

  /** A link's fragment, or any text that holds one. */
  async checkLink(text: string, name: string): Promise<void> {
    const carried = receiptInLink(text);
    if (!carried.ok) {
      this.state = { at: 'refused', name, why: { kind: 'no-link' } };
      return;
    }
    const bytes = carried.value;
    await this.check({ name, size: bytes.length, arrayBuffer: async () => bytes.buffer });
  }

  async check(file: { readonly name: string; readonly size: number; arrayBuffer(): Promise<ArrayBuffer> }): Promise<void> {
    this.state = { at: 'reading', name: file.name };
    if (file.size > LARGEST) {
      this.state = { at: 'refused', name: file.name, why: { kind: 'too-large', limit: LARGEST } };
      return;
    }
    const began = performance.now();
    const desk = await this.#desk();
    const bytes = new Uint8Array(await file.arrayBuffer());
    const checked = await desk
      .check(file.name, bytes)
      .catch((thrown: unknown) => fail<NotAReceipt>({ kind: 'not-checked', detail: thrown instanceof Error ? thrown.message : String(thrown) }));
    this.state = checked.ok
      ? { at: 'checked', file: checked.value, seconds: (performance.now() - began) / 1000 }
      : { at: 'refused', name: file.name, why: checked.failure };
  }
}
