/** How long a claim still holds, by this device's clock: the chain's own may stand still between blocks. */
import type { Job } from './job-context.ts';

export interface Lease {
  /** Seconds since 1970 by the chain's clock. */
  readonly until: number;
  /** Milliseconds since 1970 by this device's. */
  readonly endsAt: number;
}

/** @param chainTime the chain's time now; only the difference counts, so the two clocks need not agree */
export function leaseFrom({ doors }: Job, until: number, chainTime: number): Lease {
  return { until, endsAt: doors.timer.now() + (until - chainTime) * 1000 };
}

export function leaseEnded({ doors }: Job, lease: Lease): boolean {
  return doors.timer.now() > lease.endsAt;
}
