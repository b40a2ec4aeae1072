/** What the Try page asks of the tab: to read a drawing, to prove the answer, to check a receipt and a changed copy of it. */
import type { Demonstration, DemonstrationFailure } from '../job/demonstrate.ts';
import type { DemonstrationProgress } from '../protocol/demonstration-progress.ts';
import type { Reading } from '../execution/row-reader.ts';
import type { Receipt } from '../protocol/receipt.ts';
import type { Result } from '../protocol/result.ts';
import type { KitFailure } from './demonstration-kit.ts';
import type { CheckedFile } from './receipt-check.ts';

export type TryFailure = DemonstrationFailure<KitFailure>;

export interface DemonstrationDesk {
  /** Bytes of the key that proving needs, and whether they are here. */
  readonly keyBytes: number;
  read(pixels: Uint8Array<ArrayBuffer>): Promise<Result<Reading, TryFailure>>;
  prove(pixels: Uint8Array<ArrayBuffer>, onProgress: (progress: DemonstrationProgress) => void): Promise<Result<Sealed, TryFailure>>;
  /** Checks it as the Verify page would. */
  check(receipt: Receipt): Promise<CheckedFile>;
  change(sealed: Sealed, what: Change): Promise<Receipt>;
  link(receipt: Receipt): Promise<string>;
  /** Ends what is under way at once. */
  halt(): void;
}

export interface Sealed extends Demonstration {
  readonly pixels: Uint8Array<ArrayBuffer>;
  readonly answer: number;
}

export const CHANGES = ['pixel', 'answer', 'proof'] as const;
export type Change = (typeof CHANGES)[number];
