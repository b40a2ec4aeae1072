/** Asking a door again and again while the world behind it is away, saying what is waited for, and going on when it returns. */
import type { LedgerFailure } from '../consensus/ledger.ts';
import type { NetworkFailure } from '../network/peer-network.ts';
import type { WaitingOn } from '../protocol/job-report.ts';
import type { Result } from '../protocol/result.ts';
import type { Job, Step } from './job-context.ts';
import { backoff, unlessStopped } from './waiting.ts';

interface Kinded {
  readonly kind: string;
}

/** What to wait for after this failure, or null to stop asking. `repeats` counts how often this kind came in a row before. */
export type Patience<Failure> = (failure: Failure, repeats: number) => WaitingOn | null | Promise<WaitingOn | null>;

/** @param givesUp asked before each wait: true returns the failure as it is */
export async function untilAnswered<Value, Failure extends Kinded>(
  step: Step,
  attempt: () => Promise<Result<Value, Failure>>,
  patience: Patience<Failure>,
  givesUp: () => boolean = () => false,
): Promise<Result<Value, Failure>> {
  const { signal, doors } = step.job;
  let said: WaitingOn | null = null;
  let last = '';
  for (let tries = 0, repeats = 0; ; tries++) {
    const result = await unlessStopped(signal, attempt());
    if (!result.ok) repeats = result.failure.kind === last ? repeats + 1 : 0;
    const on = result.ok ? null : await unlessStopped(signal, Promise.resolve(patience(result.failure, repeats)));
    if (result.ok || on === null || givesUp()) {
      if (said) step.goesOn();
      return result;
    }
    last = result.failure.kind;
    if (on !== said) step.waiting(on);
    said = on;
    await unlessStopped(signal, doors.timer.after(backoff(tries), signal));
  }
}

/** A chain that is down comes back, and so does a sponsor; a revert stays what it is. */
export function chainPatience(failure: Kinded | LedgerFailure): WaitingOn | null {
  if (failure.kind === 'chain-down') return 'chain';
  return failure.kind === 'sponsor-refused' ? 'sponsor' : null;
}

/** For what is sent: where the chain itself still answers, it is the sponsor in between that does not. */
export function sendPatience({ doors }: Job): Patience<Kinded | LedgerFailure> {
  return async (failure) => {
    const on = chainPatience(failure);
    if (on !== 'chain') return on;
    const clock = await doors.ledger.read({ read: 'clock' });
    return clock.ok ? 'sponsor' : 'chain';
  };
}

/** A second source may send what the first falsified; three that do are the last. */
const MISMATCHES = 2;
/** A custodian may see a claim some blocks later than its claimant. */
const LATE_CLAIMS = 5;

export function networkPatience({ doors }: Job, on: 'peers' | 'custodian'): Patience<Kinded | NetworkFailure> {
  return async (failure, repeats) => {
    // A custodian is dialled at its own address: no relay stands in between.
    if (failure.kind === 'custodian-unreachable') return on;
    if (failure.kind === 'not-found') {
      const { relay } = await doors.network.state();
      return relay === 'down' ? 'relay' : on;
    }
    if (failure.kind === 'mismatch') return repeats < MISMATCHES ? on : null;
    if (failure.kind !== 'refused' || !('code' in failure)) return null;
    if (failure.code === 'busy') return on;
    return failure.code === 'not-claimant' && repeats < LATE_CLAIMS ? on : null;
  };
}
