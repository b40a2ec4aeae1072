/** A custodian's one decision: whether this claimant gets the key of this shard. Only a yes wraps anything. */
import type { Ledger, PostedTask } from '../consensus/ledger.ts';
import type { KeyRequest, WireError } from '../network/peer-network.ts';
import { fromHex, isHex } from '../protocol/bytes.ts';
import type { Address, CircuitId, DatasetId } from '../protocol/ids.ts';
import { fail, ok, type Result } from '../protocol/result.ts';
import { deriveShardKey } from '../protocol/shard-key.ts';
import { boxKeyHash, isBoxKey, wrapShardKey, type WrappedKey } from '../protocol/wrapped-key.ts';
import type { ShardStore } from '../storage/shard-store.ts';
import { workOn } from './find-work.ts';
import { sameHex } from '../protocol/same-hex.ts';
import type { Work } from './unit-work.ts';

/** What an owner lets a custodian do with one dataset. */
export interface Custody {
  /** 32 bytes. */
  readonly ownerSecret: Uint8Array<ArrayBuffer>;
  /** Circuits that may read it. A circuit's answers are public, so an unknown one could publish the rows themselves. */
  readonly circuits: readonly CircuitId[];
  /** Least pay for the owner per unit, in base units of the token. */
  readonly ownerPrice: bigint;
}

export interface Custodian {
  readonly ledger: Ledger;
  /** Holds the sealed shards and their lists. */
  readonly shards: ShardStore;
  /** Null for datasets of others. */
  readonly custody: (dataset: DatasetId) => Custody | null;
  /** Blocks that must lie over a claim before it counts, against reorganisations; 0 on the development chain. */
  readonly depth: number;
  /** Block in which each claim was first seen. Kept by the caller, as long as the custodian runs. */
  readonly seen: Map<string, number>;
}

export interface KeyRefusal {
  readonly code: WireError;
  /** Seconds. */
  readonly retryAfter?: number;
}

/** Seconds until a question that the chain could not answer is worth asking again. */
const CHAIN_PAUSE = 2;

const refuse = (code: WireError): Result<never, KeyRefusal> => fail({ code });

export async function grantKey(custodian: Custodian, request: KeyRequest): Promise<Result<WrappedKey, KeyRefusal>> {
  if (!isHex(request.task, 32) || !isBoxKey(request.boxKey) || !Number.isSafeInteger(request.unit) || request.unit < 0) return refuse('bad-request');
  const claim = await liveClaim(custodian, request);
  if (!claim.ok) return claim;
  const { claimant, posted } = claim.value;
  const work = await checkedWork(custodian, posted, request.unit);
  if (!work.ok) return work;
  const custody = custodian.custody(work.value.datasetId);
  if (!custody) return refuse('not-found');
  if (!grants(custody, work.value, claimant)) return refuse('not-granted');
  const { shardIndex, shard, dataset } = work.value;
  const shardKey = deriveShardKey(custody.ownerSecret, fromHex(dataset.salt), shardIndex);
  try {
    return ok(
      await wrapShardKey({
        shardKey,
        boxKey: fromHex(request.boxKey),
        task: request.task,
        unit: request.unit,
        claimant,
        shard: shard.tree,
      }),
    );
  } catch {
    // HPKE refuses bytes that are no point of the curve, and points of small order, whose shared secret everyone knows.
    return refuse('bad-request');
  }
}

/** Who holds the unit now, by the chain, with the very box key that asks. */
async function liveClaim(
  { ledger, depth, seen }: Custodian,
  { task, unit, boxKey }: KeyRequest,
): Promise<Result<{ readonly claimant: Address; readonly posted: PostedTask }, KeyRefusal>> {
  const clock = await ledger.read({ read: 'clock' });
  const posted = await ledger.read({ read: 'task', task });
  if (!clock.ok || !posted.ok) return fail({ code: 'busy', retryAfter: CHAIN_PAUSE });
  if (!posted.value || unit >= posted.value.terms.units) return refuse('not-found');
  const states = await ledger.read({ read: 'units', task });
  if (!states.ok) return fail({ code: 'busy', retryAfter: CHAIN_PAUSE });
  const state = states.value.get(unit);
  if (state?.status !== 'claimed' || state.until < clock.value.time || !sameHex(state.boxKey, boxKeyHash(fromHex(boxKey))))
    return refuse('not-claimant');
  const claim = [task, unit, state.claimant, state.boxKey, state.until].join('/').toLowerCase();
  const firstSeen = seen.get(claim) ?? clock.value.block;
  seen.set(claim, firstSeen);
  return clock.value.block - firstSeen >= depth
    ? ok({ claimant: state.claimant, posted: posted.value })
    : fail({ code: 'busy', retryAfter: CHAIN_PAUSE });
}

async function checkedWork({ ledger, shards }: Custodian, posted: PostedTask, unit: number): Promise<Result<Work, KeyRefusal>> {
  // A custodian grants keys for what it holds itself; for anything else it is not the one to ask.
  const alone = { fetch: async () => fail({ kind: 'not-found', asked: [] } as const), announce: async () => {} };
  const work = await workOn({ ledger, shards, network: alone }, posted, unit);
  if (work.ok) return work;
  switch (work.failure.kind) {
    case 'chain-down':
      return fail({ code: 'busy', retryAfter: CHAIN_PAUSE });
    case 'bad-task':
      return refuse('not-granted');
    default:
      return refuse('not-found');
  }
}

/** Grade 1 keeps the rows with their owner; a grant's own conditions need the contract that keeps its budget. */
function grants({ circuits, ownerPrice }: Custody, { details, terms, dataset }: Work, claimant: Address): boolean {
  if (!circuits.some((circuit) => sameHex(circuit, terms.circuit)) || terms.ownerPrice < ownerPrice) return false;
  if (details.grant !== '0x' || details.round !== '0x') return false;
  return details.grade !== 1 || sameHex(claimant, dataset.owner);
}
