/** What checking a receipt finds, in four parts that stand apart: a proof can hold for a circuit that nobody knows. */
import type { Grade } from '../../protocol/heads.ts';
import type { Address, DatasetId, ModelId, ReceiptId } from '../../protocol/ids.ts';
import type { Anchor, Receipt } from '../../protocol/receipt.ts';

export interface ReceiptCheck {
  readonly receipt: Receipt;
  readonly id: ReceiptId;
  readonly mathematics: Mathematics;
  readonly circuit: CircuitFinding;
  readonly data: DataFinding;
  readonly chain: ChainFinding;
  /** The file is a JSON view whose id, snarkjs part or other repeated field differs from the receipt beside it. */
  readonly twoStories: boolean;
  /** False when any part is broken. What is merely unknown, claimed or INSECURE does not break a receipt; it is said beside it. */
  readonly holds: boolean;
}

export type Mathematics =
  | { readonly state: 'holds' }
  | {
      readonly state: 'fails';
      /** The first thing that is wrong: what system, how many values its circuit and kind have, which value is not below r, the digest, the proof's points, the equation. */
      readonly because: 'system' | 'value-count' | 'value-range' | 'digest' | 'key' | 'proof' | 'equation';
    };

export type CircuitFinding =
  | {
      /** Recompiled here to the same id; named by a list that the verifier trusts; or neither. */
      readonly state: 'recompiled' | 'listed' | 'unknown';
      /** The key is a development key: anyone could have made this proof. */
      readonly insecure: boolean;
      readonly model: ModelId;
    }
  | { readonly state: 'broken'; readonly insecure: boolean; readonly because: CircuitFault };

export type CircuitFault =
  /** The parts do not make the id that the statement names. */
  | 'id'
  /** The key is not the one that the parts name. */
  | 'key-hash'
  /** The key is malformed, off the curve, or of a kind that lets anyone forge (gamma = ±delta, delta = ±generator). */
  | 'key'
  /** The model head is not the one that the parts name. */
  | 'model'
  /** The task behind the statement's subject asks for another circuit. */
  | 'other-circuit'
  /** A development key whose circuit does not say so. */
  | 'unmarked-development-key'
  /** A development key off the development chain. */
  | 'development-key';

export interface DataSource {
  readonly dataset: DatasetId;
  readonly owner: Address;
  readonly firstRow: number;
  /** Rows of the unit that count, by the head; padding is left out. */
  readonly rows: number;
  /** Rows that the circuit read for the unit, padding too: one proven answer each. */
  readonly unitRows: number;
  readonly published: Publication;
}

export type DataFinding =
  /** The hash behind the statement's subject names this dataset. */
  | ({ readonly state: 'bound'; readonly grade: Grade } & DataSource)
  /** The input occurs in this dataset; anyone can publish a head that holds a copied node, so nothing says it was meant. */
  | ({ readonly state: 'found' } & DataSource)
  /** The circuit's kind has no dataset. */
  | { readonly state: 'none' }
  | { readonly state: 'broken'; readonly because: DataFault };

export type DataFault =
  /** The path does not lead from the input to the head's root. */
  | 'path'
  /** By its path, depth or shards the unit has other rows than the circuit reads: answers would be made up, or kept back. */
  | 'unit'
  /** The index names rows that the dataset does not have. */
  | 'rows'
  /** More answers than rows, or more rows than one value has answers for. */
  | 'answers'
  /** The task is about another dataset. */
  | 'other-dataset'
  /** The task has fewer units. */
  | 'no-such-unit';

export type Publication =
  | { readonly state: 'not-asked' }
  | { readonly state: 'unpublished' }
  /** By the owner that the head names. */
  | { readonly state: 'by-owner' }
  | { readonly state: 'by-another'; readonly publisher: Address };

export type ChainFinding =
  /** The chain asked now has this settlement, at this place. */
  | { readonly state: 'proved'; readonly anchor: Anchor; readonly paid: bigint }
  /** The file says so, and nobody was asked, or nobody answered. */
  | { readonly state: 'claimed'; readonly anchor: Anchor; readonly why: 'not-asked' | 'unreachable' | 'other-chain' }
  | { readonly state: 'absent' }
  | { readonly state: 'broken'; readonly because: ChainFault };

export type ChainFault =
  /** The file's anchor names another chain or contract than its statement. */
  | 'anchor-elsewhere'
  /** The file names two places for the settlement of one unit, which settles once. */
  | 'two-places'
  /** The chain has no settlement of this unit. */
  | 'not-settled'
  /** The chain paid for this unit by another circuit: the task's own. */
  | 'other-circuit'
  /** The chain paid somebody else, or for other values. */
  | 'other-settlement'
  /** The settlement is real and stands at another transaction, block or time than the file says. */
  | 'other-place';
