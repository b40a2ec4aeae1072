/** What the market offers now, for the page before the first press: a reading, not a reservation. */
import type { Ledger, PostedTask } from '../consensus/ledger.ts';
import { SHORTEST_LEASE } from '../marketplace/post-task.ts';
import { countOpen } from '../marketplace/taken-unit.ts';
import { MAX_UNITS } from '../protocol/heads.ts';
import type { Address } from '../protocol/ids.ts';
import type { Terms } from '../protocol/terms.ts';
import type { Outlook } from './worksite.ts';

/** Newest tasks that are looked at: enough to find work, few enough to ask on every visit. */
const NEWEST = 8;

/** Null when the chain does not answer. */
export async function readOutlook(ledger: Ledger, account: Address): Promise<Outlook | null> {
  const [clock, tasks, balance] = await Promise.all([
    ledger.read({ read: 'clock' }),
    ledger.read({ read: 'tasks' }),
    ledger.read({ read: 'balance', of: account }),
  ]);
  if (!clock.ok || !tasks.ok || !balance.ok) return null;
  const { time } = clock.value;
  const claimable = tasks.value.filter(({ terms }) => isWork(terms) && time + terms.lease <= terms.closes).slice(-NEWEST);
  const counted = await Promise.all(claimable.map(async (task) => ({ task, open: await openUnits(ledger, task, time) })));
  const offered = counted.filter(({ open }) => open > 0);
  const prices = offered.map(({ task }) => task.terms.price);
  return {
    openUnits: offered.reduce((sum, { open }) => sum + open, 0),
    price: prices.length > 0 ? prices.reduce((best, price) => (price > best ? price : best)) : null,
    balance: balance.value,
  };
}

async function openUnits(ledger: Ledger, { id, terms }: PostedTask, time: number): Promise<number> {
  const taken = await ledger.read({ read: 'units', task: id });
  return taken.ok ? countOpen(terms.units, taken.value, time) : 0;
}

/** Anyone can post a task for nothing: one of a size that never adds up, or whose lease nobody can use, is no offer. */
function isWork({ units, lease }: Terms): boolean {
  return units <= MAX_UNITS && lease >= SHORTEST_LEASE;
}
