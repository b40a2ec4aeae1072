/** Posting a task: its details and inputs are published first, so that whoever sees the task can check all that it names. */
import type { Ledger, LedgerFailure, PostedTask } from '../consensus/ledger.ts';
import { toHex, type Hex } from '../protocol/bytes.ts';
import { fromHex32 } from '../protocol/field.ts';
import { encodeHead, headId, type DatasetHead, type Details, type Grade, type Inputs, type ShardList } from '../protocol/heads.ts';
import type { Address, CircuitId, DatasetId, DetailsId } from '../protocol/ids.ts';
import { inputsRoot } from '../protocol/input-tree.ts';
import { fail, ok, type Result } from '../protocol/result.ts';
import { taskId, type Terms } from '../protocol/terms.ts';

export interface Order {
  readonly requester: Address;
  readonly circuit: CircuitId;
  readonly dataset: { readonly id: DatasetId; readonly head: DatasetHead; readonly list: ShardList };
  /** Which shard each unit reads. */
  readonly shards: readonly number[];
  readonly grade: Grade;
  readonly text: string;
  /** 16 bytes: equal work asked for twice is two tasks. */
  readonly nonce: Hex;
  /** Base units of the token per unit, to the claimant and to the data's owner. */
  readonly price: bigint;
  readonly ownerPrice: bigint;
  /** Seconds since 1970. */
  readonly closes: number;
  /** Seconds, from {@link SHORTEST_LEASE} to {@link LONGEST_LEASE}. */
  readonly lease: number;
}

/** A claim's signature lasts no longer than its lease, and it alone may take this long to get into a block: nobody claims for less. */
export const SHORTEST_LEASE = 60;
/** Until claims cost a stake, a longer one lets a squatter hold work up. */
export const LONGEST_LEASE = 600;

export type PostFailure = LedgerFailure | { readonly kind: 'bad-order'; readonly detail: 'no-units' | 'unknown-shard' | 'lease' | 'closes-too-soon' };

export async function postTask(ledger: Ledger, order: Order): Promise<Result<PostedTask, PostFailure>> {
  const clock = await ledger.read({ read: 'clock' });
  if (!clock.ok) return clock;
  const { chainId, market, registry, time } = clock.value;
  const { list } = order.dataset;
  if (order.shards.length === 0) return fail({ kind: 'bad-order', detail: 'no-units' });
  if (order.shards.some((shard) => list.nodes[shard] === undefined)) return fail({ kind: 'bad-order', detail: 'unknown-shard' });
  if (order.lease < SHORTEST_LEASE || order.lease > LONGEST_LEASE) return fail({ kind: 'bad-order', detail: 'lease' });
  if (order.closes < time + order.lease) return fail({ kind: 'bad-order', detail: 'closes-too-soon' });

  const units = order.shards.map((shard) => ({ shard, input: list.nodes[shard] ?? '0x' }));
  const inputs: Inputs = { t: 'prooftab/inputs/1', root: inputsRoot(units.map(({ input }) => fromHex32(input))), units };
  const details: Details = {
    t: 'prooftab/details/1',
    dataset: order.dataset.id,
    grade: order.grade,
    grant: '0x',
    round: '0x',
    text: order.text,
    nonce: order.nonce,
  };
  for (const head of [inputs, details]) {
    const published = await ledger.send({ send: 'publish', kind: head.t, head: toHex(encodeHead(head)) });
    if (!published.ok) return published;
  }
  const terms: Terms = {
    requester: order.requester,
    circuit: order.circuit,
    inputs: inputs.root,
    units: units.length,
    price: order.price,
    owner: order.dataset.head.owner,
    ownerPrice: order.ownerPrice,
    gate: `0x${'00'.repeat(20)}`,
    judge: registry,
    closes: order.closes,
    lease: order.lease,
    tariff: 0,
    details: headId(details) as DetailsId,
  };
  const posted = await ledger.send({ send: 'post', terms });
  return posted.ok ? ok({ id: taskId(chainId, market, terms), terms }) : posted;
}
