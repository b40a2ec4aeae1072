/** How the failures of doors and roles become a job's: named for what was being fetched or done. */
import type { NetworkFailure } from '../network/peer-network.ts';
import type { JobFailure, NamedContent } from '../protocol/job-report.ts';
import type { TaskFailure } from '../marketplace/check-task.ts';
import type { StorageFailure } from '../storage/shard-store.ts';

export function contentFailure(what: NamedContent, failure: NetworkFailure | StorageFailure): JobFailure {
  switch (failure.kind) {
    case 'quota':
    case 'storage-unavailable':
      return failure;
    case 'mismatch':
      return { kind: 'mismatch', what, from: 'from' in failure ? failure.from : '' };
    case 'too-large':
      return { kind: 'mismatch', what, from: '' };
    case 'custodian-unreachable':
    case 'refused':
    case 'not-found':
    case 'missing':
    case 'corrupt':
      return { kind: 'not-found', what };
  }
}

/** The one thing that is fetched to check a task, before any unit of it is claimed, is the list of its data set's shards. */
export function taskFailure(failure: TaskFailure): JobFailure {
  switch (failure.kind) {
    case 'chain-down':
    case 'reverted':
    case 'sponsor-refused':
    case 'bad-task':
      return failure;
    default:
      return contentFailure('shard-list', failure);
  }
}

/** A record store rejects where the browser refuses it; everything else that is thrown is a broken invariant, and null. */
export function thrownFailure(thrown: unknown): JobFailure | null {
  if (!(thrown instanceof DOMException)) return null;
  if (thrown.name === 'QuotaExceededError') return { kind: 'quota', needed: 0, available: 0 };
  return { kind: 'storage-unavailable', detail: `${thrown.name}: ${thrown.message}` };
}

/** Whether this unit can never be done here, however often it is tried. */
export function isHopeless({ kind }: JobFailure): boolean {
  switch (kind) {
    case 'key-refused':
    case 'key-unusable':
    case 'mismatch':
    case 'wrong-data':
    case 'model-unsupported':
    case 'unsatisfied':
    case 'bad-key':
    case 'proof-rejected':
    case 'bad-task':
    case 'reverted':
      return true;
    default:
      return false;
  }
}

/** Whether there is nothing to come back to. */
export function isOver({ kind }: JobFailure): boolean {
  return kind === 'lease-lost' || kind === 'already-settled';
}
