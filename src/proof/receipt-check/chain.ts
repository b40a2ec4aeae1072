/** What the chain says of a receipt, asked through the ledger door, and how it compares with what the file claims. */
import type { Ledger, Settlement } from '../../consensus/ledger.ts';
import { decodeHead, headId, type Details } from '../../protocol/heads.ts';
import { fromHex } from '../../protocol/bytes.ts';
import type { TaskId } from '../../protocol/ids.ts';
import type { Anchor, Receipt } from '../../protocol/receipt.ts';
import type { ChainFault, ChainFinding, Publication } from './findings.ts';
import { asksForCircuit, taskBehind, type TaskBehind } from './task.ts';

/** What was learnt from the chain; everything that could not be asked is left out. */
export interface ChainAnswer {
  readonly asked: 'answered' | 'not-asked' | 'unreachable' | 'other-chain';
  readonly settlement: Settlement | null;
  readonly task: TaskBehind | null;
  readonly published: Publication;
}

const NOT_ASKED = { settlement: null, task: null, published: { state: 'not-asked' } } as const;

export async function askChain(receipt: Receipt, ledger: Ledger | undefined): Promise<ChainAnswer> {
  if (ledger === undefined) return { asked: 'not-asked', ...NOT_ASKED };
  const { statement, material } = receipt;
  const clock = await ledger.read({ read: 'clock' });
  if (!clock.ok) return { asked: 'unreachable', ...NOT_ASKED };
  if (clock.value.chainId !== statement.chain || !isSameAddress(clock.value.market, statement.contract))
    return { asked: 'other-chain', ...NOT_ASKED };
  const task = statement.subject as TaskId;
  const [posted, settlement, datasets, details] = await Promise.all([
    ledger.read({ read: 'task', task }),
    ledger.read({ read: 'settlement', task, unit: statement.unit }),
    ledger.read({ read: 'heads', kind: 'prooftab/dataset/1' }),
    ledger.read({ read: 'heads', kind: 'prooftab/details/1' }),
  ]);
  if (!posted.ok || !settlement.ok || !datasets.ok || !details.ok) return { asked: 'unreachable', ...NOT_ASKED };

  const terms = posted.value?.terms;
  const behind = taskBehind(statement, [terms === undefined ? null : { terms, details: detailsNamed(terms.details, details.value) }]);
  // A payment without the terms that it was made under does not say what was paid for.
  if (settlement.value !== null && behind === null) return { asked: 'unreachable', ...NOT_ASKED };
  const dataset = headId(material.dataset);
  return {
    asked: 'answered',
    settlement: settlement.value,
    task: behind,
    published: publicationOf(
      datasets.value.filter(({ id }) => id === dataset).map(({ publisher }) => publisher),
      material.dataset.owner,
    ),
  };
}

export function checkChain({ statement, anchors }: Receipt, { asked, settlement, task }: ChainAnswer): ChainFinding {
  const elsewhere = anchors.some(({ chain, contract }) => chain !== statement.chain || !isSameAddress(contract, statement.contract));
  if (elsewhere) return broken('anchor-elsewhere');
  const [claimed] = anchors;
  if (claimed !== undefined && anchors.some((other) => !isSamePlace(other, claimed))) return broken('two-places');
  if (asked !== 'answered') return claimed === undefined ? { state: 'absent' } : { state: 'claimed', anchor: claimed, why: asked };
  if (settlement === null) return claimed === undefined ? { state: 'absent' } : broken('not-settled');

  if (task !== null && !asksForCircuit(task, statement)) return broken('other-circuit');
  const sameValues = settlement.values.length === statement.values.length && settlement.values.every((value, i) => value === statement.values[i]);
  if (!isSameAddress(settlement.beneficiary, statement.beneficiary) || !sameValues) return broken('other-settlement');
  const { tx, block, log } = settlement.at;
  const anchor: Anchor = { chain: statement.chain, contract: statement.contract, tx, log, block, time: settlement.time };
  if (claimed !== undefined && !isSamePlace(claimed, anchor)) return broken('other-place');
  return { state: 'proved', anchor, paid: settlement.paid };
}

function isSamePlace(a: Anchor, b: Anchor): boolean {
  return a.tx.toLowerCase() === b.tx.toLowerCase() && a.log === b.log && a.block === b.block && a.time === b.time;
}

function isSameAddress(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** The published Details with that id, if their bytes make it. */
function detailsNamed(id: string, heads: readonly { readonly id: string; readonly bytes: `0x${string}` }[]): Details | null {
  const head = heads.find((published) => published.id === id);
  const decoded = head === undefined ? null : decodeHead('prooftab/details/1', fromHex(head.bytes));
  return decoded?.ok ? decoded.value : null;
}

function publicationOf(publishers: readonly `0x${string}`[], owner: `0x${string}`): Publication {
  const [first] = publishers;
  if (first === undefined) return { state: 'unpublished' };
  return publishers.some((publisher) => isSameAddress(publisher, owner)) ? { state: 'by-owner' } : { state: 'by-another', publisher: first };
}

function broken(because: ChainFault): ChainFinding {
  return { state: 'broken', because };
}
