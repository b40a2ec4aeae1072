/** What a job tells whoever watches it: the seven steps, what crossed the device's edge, and how it ended. Plain data. */
import type { Hex } from './bytes.ts';
import type { DatasetId, ReceiptId, TaskId, Address } from './ids.ts';
import type { Grade } from './heads.ts';
import type { Receipt } from './receipt.ts';

export const JOB_STEPS = ['claim', 'fetch', 'open', 'read', 'prove', 'submit', 'paid'] as const;
export type JobStep = (typeof JOB_STEPS)[number];

export type JobReport =
  | {
      readonly report: 'task';
      readonly task: TaskId;
      readonly unit: number;
      readonly text: string;
      readonly price: bigint;
      readonly grade: Grade;
      readonly dataset: DatasetId;
      readonly owner: Address;
      readonly firstRow: number;
      readonly rows: number;
    }
  /** `part` is measured work, 0 to 1; `waiting` names what is waited for. `seconds` is set when the step is done. */
  | { readonly report: 'step'; readonly step: JobStep; readonly state: 'now' | 'done'; readonly part: number; readonly seconds: number | null }
  | { readonly report: 'waiting'; readonly step: JobStep; readonly on: WaitingOn }
  | { readonly report: 'claimed'; readonly until: number; readonly resumed: boolean }
  | {
      readonly report: 'fetched';
      readonly what: 'model' | 'proving-key' | 'shard' | 'shard-key';
      readonly bytes: number;
      readonly from: string;
      readonly direct: boolean;
    }
  | { readonly report: 'sent'; readonly what: 'claim' | 'key-request' | 'answers-and-proof'; readonly bytes: number }
  | { readonly report: 'answered'; readonly answers: readonly number[]; readonly engine: string; readonly threads: number }
  | { readonly report: 'proven'; readonly constraints: number; readonly seconds: number; readonly threads: number; readonly sharesMemory: boolean }
  | { readonly report: 'paid'; readonly amount: bigint; readonly tx: Hex; readonly receiptId: ReceiptId; readonly receipt: Receipt };

export type WaitingOn = 'chain' | 'relay' | 'custodian' | 'peers' | 'other-tab' | 'work' | 'sponsor';

/** What the chain names by hash and a job fetches; `shard-list` is the data set's list of its sealed shards. */
export type NamedContent = 'model' | 'proving-key' | 'shard' | 'shard-list';

/** Why a job ended without payment. The journal is kept wherever there is something to come back to. */
export type JobFailure =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'no-work' }
  | { readonly kind: 'lease-lost'; readonly until: number }
  | { readonly kind: 'already-settled' }
  | { readonly kind: 'chain-down'; readonly detail: string }
  | { readonly kind: 'reverted'; readonly error: string; readonly args: readonly string[] }
  | { readonly kind: 'sponsor-refused'; readonly detail: string }
  | { readonly kind: 'custodian-unreachable' }
  | { readonly kind: 'key-refused'; readonly code: string }
  | { readonly kind: 'key-unusable' }
  | { readonly kind: 'not-found'; readonly what: NamedContent }
  | { readonly kind: 'mismatch'; readonly what: NamedContent; readonly from: string }
  | { readonly kind: 'quota'; readonly needed: number; readonly available: number }
  | { readonly kind: 'storage-unavailable'; readonly detail: string }
  | { readonly kind: 'wrong-data'; readonly detail: string }
  | { readonly kind: 'model-unsupported'; readonly detail: string }
  | { readonly kind: 'runtime'; readonly detail: string }
  | { readonly kind: 'unsatisfied'; readonly constraint: string }
  | { readonly kind: 'bad-key'; readonly detail: string }
  | { readonly kind: 'proof-rejected' }
  | { readonly kind: 'prover-crashed'; readonly detail: string }
  /** The chain names something that does not add up (a head that does not match its hash, an unknown circuit). */
  | { readonly kind: 'bad-task'; readonly detail: string };
