/** The receipts that this device keeps, newest first. */
import type { Result } from '../protocol/result.ts';
import type { KeptReceipt, StartFailure, Worksite } from './worksite.ts';

export class History {
  receipts = $state.raw<readonly KeptReceipt[]>([]);
  loaded = $state(false);
  readonly earned = $derived(this.receipts.reduce((sum, kept) => sum + (kept.amount ?? 0n), 0n));

  readonly #opening: Promise<Result<Worksite, StartFailure>>;

  constructor(opening: Promise<Result<Worksite, StartFailure>>) {
    this.#opening = opening;
    void this.refresh();
  }

  add(kept: KeptReceipt): void {
    if (!this.receipts.some((known) => known.id === kept.id)) this.receipts = [kept, ...this.receipts];
  }

  /** Reads what is stored: another tab may have been paid since. */
  async refresh(): Promise<void> {
    const opened = await this.#opening;
    const stored = opened.ok ? await opened.value.receipts() : [];
    for (const kept of stored) this.add(kept);
    this.receipts = this.receipts.toSorted((a, b) => b.time - a.time);
    this.loaded = true;
  }
}
