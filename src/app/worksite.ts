/** What pages ask of the composed app: run a unit, keep receipts, check one, look at the chain. `compose.ts` builds it. */
import type { Address, ReceiptId } from '../protocol/ids.ts';
import type { Hex } from '../protocol/bytes.ts';
import type { JobFailure, JobReport } from '../protocol/job-report.ts';
import type { Receipt } from '../protocol/receipt.ts';
import type { Result } from '../protocol/result.ts';
import type { CheckedFile, NotAReceipt } from './receipt-check.ts';

export interface RunOptions {
  readonly signal: AbortSignal;
  readonly onReport: (report: JobReport) => void;
}

/** What is for sale on the market now. */
export interface Outlook {
  readonly openUnits: number;
  /** Base units of the token, of the best-paid open task; null when none is open. */
  readonly price: bigint | null;
  readonly balance: bigint;
}

export interface KeptReceipt {
  readonly id: ReceiptId;
  readonly receipt: Receipt;
  /** Base units of the token; null when this device did not see the payment itself. */
  readonly amount: bigint | null;
  readonly tx: Hex;
  readonly rows: number;
  readonly answers: readonly number[];
  /** Seconds from claim to payment; null when the tab was closed in between. */
  readonly seconds: number | null;
  /** Seconds since 1970. */
  readonly time: number;
}

export interface ReceiptFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface PeerTraffic {
  /** This tab's name among its peers; null while it is not in the network. A tab that joins again has another one. */
  readonly self: string | null;
  /** Bytes of sealed shards and public blobs that this tab sent to other peers, with all link overhead the network counts. */
  readonly bytesOut: number;
  readonly bytesIn: number;
  readonly peers: number;
}

export interface Worksite {
  readonly address: Address;
  readonly chainId: number;
  run(options: RunOptions): Promise<Result<unknown, JobFailure>>;
  /** Ends threads and leaves the network, at once. The next run opens them again. */
  halt(): void;
  hasUnfinished(): Promise<boolean>;
  /** Whether this browser was contributing when its last tab closed. */
  wasContributing(): Promise<boolean>;
  rememberContributing(contributing: boolean): Promise<void>;
  keepReceipt(receipt: KeptReceipt): Promise<void>;
  outlook(): Promise<Outlook | null>;
  watchTraffic(listener: (traffic: PeerTraffic) => void): void;
}

/** Receipts are listed, saved and checked without an account, a chain or a network: the desk works offline and when the worksite cannot open. */
export interface ReceiptDesk {
  /** Those that this device keeps, oldest first; none where its storage cannot be read. */
  receipts(): Promise<readonly KeptReceipt[]>;
  file(receipt: Receipt, form: 'json' | 'cbor'): ReceiptFile;
  check(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Result<CheckedFile, NotAReceipt>>;
}

export type StartFailure =
  | { readonly kind: 'deployment-unreachable'; readonly detail: string }
  | { readonly kind: 'deployment-bad'; readonly detail: string }
  | { readonly kind: 'account-unreadable' }
  | { readonly kind: 'storage-full' | 'storage-unavailable'; readonly detail: string }
  | { readonly kind: 'app-broken'; readonly detail: string };
