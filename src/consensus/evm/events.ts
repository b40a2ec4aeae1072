/** The market's logs as ledger events. */
import { BaseError, parseEventLogs, type Log } from 'viem';
import type { TaskId } from '../../protocol/ids.ts';
import type { LedgerEvent, Position } from '../ledger.ts';
import { marketAbi } from './abi.ts';
import { termsFromChain } from './terms-from-chain.ts';

/** In chain order. Logs of other shapes (a newer market's, an owner's) are left out. */
export function ledgerEvents(logs: Log[]): LedgerEvent[] {
  return parseEventLogs({ abi: marketAbi, logs, strict: true }).flatMap((log): LedgerEvent[] => {
    const at = positionOf(log);
    switch (log.eventName) {
      case 'Posted':
        return [{ event: 'posted', task: log.args.task as TaskId, terms: termsFromChain(log.args.terms), at }];
      case 'Claimed':
        return [
          {
            event: 'claimed',
            task: log.args.task as TaskId,
            unit: log.args.unit,
            claimant: log.args.claimant,
            until: log.args.until,
            boxKey: log.args.boxKey,
            at,
          },
        ];
      case 'Settled':
        return [
          {
            event: 'settled',
            task: log.args.task as TaskId,
            unit: log.args.unit,
            beneficiary: log.args.beneficiary,
            paid: log.args.paid,
            values: log.args.values,
            at,
          },
        ];
      case 'Refunded':
        return [{ event: 'refunded', task: log.args.task as TaskId, amount: log.args.amount, at }];
      default:
        return [];
    }
  });
}

/** @throws BaseError where an endpoint gives a log of a block that is not mined yet, which no question of ours asks for: it is asked again. */
export function positionOf(log: {
  readonly transactionHash: `0x${string}` | null;
  readonly blockNumber: bigint | null;
  readonly logIndex: number | null;
}): Position {
  if (log.transactionHash === null || log.blockNumber === null || log.logIndex === null) throw new BaseError('a pending log has no position');
  return { tx: log.transactionHash, block: Number(log.blockNumber), log: log.logIndex };
}
