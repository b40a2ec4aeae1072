/** The receipts that this device keeps, newest first. */
import type { KeptReceipt, ReceiptDesk } from './worksite.ts';

export class History {
  receipts = $state.raw<readonly KeptReceipt[]>([]);
  loaded = $state(false);
  readonly earned = $derived(this.receipts.reduce((sum, kept) => sum + (kept.amount ?? 0n), 0n));

  readonly #desk: () => Promise<ReceiptDesk>;

  constructor(desk: () => Promise<ReceiptDesk>) {
    this.#desk = desk;
  }

  add(kept: KeptReceipt): void {
    if (!this.receipts.some((known) => known.id === kept.id)) this.receipts = [kept, ...this.receipts];
  }

  /** Reads what is stored: another tab may have been paid since. */
  async refresh(): Promise<void> {
    const desk = await this.#desk();
    for (const kept of await desk.receipts()) this.add(kept);
    this.receipts = this.receipts.toSorted((a, b) => b.time - a.time);
    this.loaded = true;
  }
}
