/** The sixth step: one transaction in which the contract checks the proof and pays. */
import type { Settlement } from '../consensus/ledger.ts';
import { deliveryBytes, settleUnit } from '../marketplace/settle-unit.ts';
import { fromHex } from '../protocol/bytes.ts';
import type { JobFailure } from '../protocol/job-report.ts';
import { fail, type Result } from '../protocol/result.ts';
import { boxKeyHash } from '../protocol/wrapped-key.ts';
import { record, type HeldUnit } from './held-unit.ts';
import { claim } from './hold-unit.ts';
import { beginStep, secondsNow, type Job, type Step } from './job-context.ts';
import { leaseEnded } from './lease.ts';
import type { ProvenUnit } from './prove-unit.ts';
import { sendPatience, untilAnswered } from './until-answered.ts';
import { unlessStopped } from './waiting.ts';

/** A lease that ends just before delivery is renewed by claiming again; a chain that ends every lease at once is not chased. */
const RENEWALS = 3;

export async function deliverUnit(job: Job, held: HeldUnit, proven: ProvenUnit): Promise<Result<Settlement, JobFailure>> {
  const step = beginStep(job, 'submit');
  const delivery = { work: held.work, ...proven };
  for (let renewals = 0; ; renewals++) {
    const settled = await untilAnswered(
      step,
      () => settleUnit(job.doors.ledger, delivery, (tx) => sent(job, held, tx, deliveryBytes(delivery))),
      sendPatience(job),
      // With the chain away nobody can say that the lease is lost; with only the sponsor away, the clock can.
      () => leaseEnded(job, held.lease) && secondsNow(job) > held.work.terms.closes,
    );
    if (settled.ok) {
      step.done();
      return settled;
    }
    if (settled.failure.kind !== 'lease-lost') return fail(settled.failure);
    const lost: JobFailure = { kind: 'lease-lost', until: settled.failure.until || held.lease.until };
    if (!settled.failure.open || renewals === RENEWALS) return fail(lost);
    const renewed = await renew(job, step, held);
    if (!renewed.ok) return renewed.failure.kind === 'reverted' ? fail(lost) : renewed;
  }
}

async function sent(job: Job, held: HeldUnit, tx: `0x${string}`, bytes: number): Promise<void> {
  job.report({ report: 'sent', what: 'answers-and-proof', bytes });
  await record(job, held, { entry: 'sent', tx });
}

async function renew(job: Job, step: Step, held: HeldUnit): Promise<Result<number, JobFailure>> {
  const until = await claim(job, step, held.work);
  if (!until.ok) return until;
  const boxPublic = await unlessStopped(job.signal, job.doors.signer.boxPublicKey());
  await record(job, held, { entry: 'claimed', boxKey: boxKeyHash(fromHex(boxPublic)), until: until.value });
  job.report({ report: 'claimed', until: until.value, resumed: true });
  return until;
}
