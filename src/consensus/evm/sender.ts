/** Who pays for a transaction: an account of one's own, or a sponsor. */
import type { Result } from '../../protocol/result.ts';
import type { LedgerAction, LedgerFailure, Sent } from '../ledger.ts';

export interface Sender {
  /** Resolves once the transaction is in a block. */
  send(action: LedgerAction): Promise<Result<Sent, LedgerFailure>>;
}
