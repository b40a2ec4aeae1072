/** What every step of a job is given: the doors, the signal that stops it, and whom to tell. */
import type { Ledger } from '../consensus/ledger.ts';
import type { Executor } from '../execution/executor.ts';
import type { Signer } from '../identity/signer.ts';
import type { PeerNetwork } from '../network/peer-network.ts';
import type { Prover } from '../proof/prover.ts';
import type { JobReport, JobStep, WaitingOn } from '../protocol/job-report.ts';
import type { RecordStore } from '../storage/record-store.ts';
import type { ShardStore } from '../storage/shard-store.ts';
import type { Locks } from './job-lock.ts';
import type { Timer } from './waiting.ts';

export interface JobDoors {
  readonly ledger: Ledger;
  readonly signer: Signer;
  readonly network: PeerNetwork;
  readonly shards: ShardStore;
  readonly records: RecordStore;
  readonly executor: Executor;
  readonly prover: Prover;
  /** `navigator.locks` in a browser. */
  readonly locks: Locks;
  readonly timer: Timer;
}

export interface Job {
  readonly doors: JobDoors;
  readonly signal: AbortSignal;
  readonly report: (report: JobReport) => void;
  /** Whether to wait for work where there is none. */
  readonly waitsForWork: boolean;
}

/** A step under way. */
export interface Step {
  readonly job: Job;
  /** Measured work, 0 to 1. */
  part(part: number): void;
  waiting(on: WaitingOn): void;
  /** What was waited for is back. */
  goesOn(): void;
  done(): void;
}

export function beginStep(job: Job, step: JobStep): Step {
  const began = job.doors.timer.now();
  let reached = 0;
  const now = () => job.report({ report: 'step', step, state: 'now', part: reached, seconds: null });
  now();
  return {
    job,
    part(part) {
      reached = part;
      now();
    },
    waiting: (on) => job.report({ report: 'waiting', step, on }),
    goesOn: now,
    done: () => job.report({ report: 'step', step, state: 'done', part: 1, seconds: (job.doors.timer.now() - began) / 1000 }),
  };
}

/** A step whose result was in the journal. */
export function skipStep(job: Job, step: JobStep): void {
  job.report({ report: 'step', step, state: 'done', part: 1, seconds: null });
}

/** This device's time, seconds since 1970. */
export function secondsNow({ doors }: Job): number {
  return Math.floor(doors.timer.now() / 1000);
}
