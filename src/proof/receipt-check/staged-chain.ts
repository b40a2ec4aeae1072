/** For tests: what a chain would answer about a forged receipt, had its task been posted and its unit settled. */
import type { Ledger, LedgerQuery, Settlement } from '../../consensus/ledger.ts';
import { toHex } from '../../protocol/bytes.ts';
import { encodeHead, headId } from '../../protocol/heads.ts';
import { fail, ok } from '../../protocol/result.ts';
import type { Terms } from '../../protocol/terms.ts';
import type { ForgedTask } from './forged-receipt.ts';

/** A chain where the task is posted, its heads published by the owner, and the unit settled as the receipt says. */
export function chainOf(
  { receipt, terms, details }: ForgedTask,
  changes: {
    settlement?: Partial<Settlement> | null;
    publisher?: `0x${string}` | null;
    details?: `0x${string}` | null;
    terms?: Terms | null;
  } = {},
): Ledger {
  const { statement, material, anchors } = receipt;
  const [anchor] = anchors;
  const at = { tx: anchor?.tx ?? '0x', block: anchor?.block ?? 0, log: anchor?.log ?? 0 };
  const settlement: Settlement = { beneficiary: statement.beneficiary, paid: 40n, values: statement.values, at, time: anchor?.time ?? 0 };
  const publisher = changes.publisher === undefined ? material.dataset.owner : changes.publisher;
  const published = (head: typeof details | typeof material.dataset) =>
    publisher === null ? [] : [{ id: headId(head), bytes: toHex(encodeHead(head)), publisher }];
  const detailsBytes = changes.details === undefined ? toHex(encodeHead(details)) : changes.details;
  const publishedDetails = detailsBytes === null ? [] : [{ id: headId(details), bytes: detailsBytes, publisher: terms.requester }];
  const posted = changes.terms === undefined ? terms : changes.terms;
  const answer = (query: LedgerQuery) => {
    const isTask = 'task' in query && query.task === statement.subject;
    switch (query.read) {
      case 'clock':
        return { chainId: 31337, block: 50, time: 0, market: statement.contract, registry: terms.judge, token: terms.judge };
      case 'task':
        return isTask && posted !== null ? { id: query.task, terms: posted } : null;
      case 'settlement':
        return isTask && query.unit === statement.unit && changes.settlement !== null ? { ...settlement, ...changes.settlement } : null;
      case 'heads':
        return query.kind === 'prooftab/details/1' ? publishedDetails : published(material.dataset);
      default:
        throw new Error(`nobody asks for ${query.read}`);
    }
  };
  return { ...deadChain, read: ((query: LedgerQuery) => Promise.resolve(ok(answer(query)))) as Ledger['read'] };
}

export const deadChain: Ledger = {
  read: () => Promise.resolve(fail({ kind: 'chain-down', detail: 'refused' } as const)),
  send: () => Promise.resolve(fail({ kind: 'chain-down', detail: 'refused' } as const)),
  watch: () => Promise.resolve(() => undefined),
};
