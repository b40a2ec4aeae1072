/** The second step: model, proving key and sealed shard by hash, then the shard's key from its custodian. */
import { obtainContent } from '../marketplace/obtain-content.ts';
import { encodeCbor } from '../protocol/cbor.ts';
import { fromHex } from '../protocol/bytes.ts';
import type { JobFailure, NamedContent } from '../protocol/job-report.ts';
import { fail, ok, type Result } from '../protocol/result.ts';
import type { WrappedKey } from '../protocol/wrapped-key.ts';
import type { Content } from '../storage/shard-store.ts';
import { record, type HeldUnit } from './held-unit.ts';
import { beginStep, type Job, type Step } from './job-context.ts';
import { contentFailure } from './job-failure.ts';
import { leaseEnded } from './lease.ts';
import { networkPatience, untilAnswered } from './until-answered.ts';
import { unlessStopped } from './waiting.ts';

export interface FetchedUnit {
  readonly onnx: Uint8Array<ArrayBuffer>;
  readonly provingKey: Uint8Array<ArrayBuffer>;
  readonly sealed: Uint8Array<ArrayBuffer>;
  readonly wrappedKey: WrappedKey;
}

interface Wanted {
  readonly what: Exclude<NamedContent, 'shard-list'>;
  readonly content: Content;
  readonly size: number;
}

export async function fetchUnit(job: Job, held: HeldUnit): Promise<Result<FetchedUnit, JobFailure>> {
  const step = beginStep(job, 'fetch');
  const { model, artefacts, shard } = held.work;
  const onnx: Wanted = { what: 'model', content: { kind: 'blob', id: model.onnx }, size: artefacts.onnxBytes };
  const provingKey: Wanted = { what: 'proving-key', content: { kind: 'blob', id: artefacts.provingKey }, size: artefacts.provingKeyBytes };
  const sealed: Wanted = { what: 'shard', content: { kind: 'shard', id: shard.tree }, size: shard.bytes };

  const total = onnx.size + provingKey.size + sealed.size;
  let before = 0;
  const all: Uint8Array<ArrayBuffer>[] = [];
  // The largest first: a device without room for it learns so before it has fetched anything.
  for (const wanted of [provingKey, onnx, sealed]) {
    const bytes = await fetchOne(job, step, held, wanted, (received) => step.part((before + received) / total));
    if (!bytes.ok) return bytes;
    before += wanted.size;
    all.push(bytes.value);
  }
  const [keyBytes, onnxBytes, sealedBytes] = all;
  if (!onnxBytes || !keyBytes || !sealedBytes) throw new Error('fetched fewer than three');
  const kept = held.progress.fetched?.wrappedKey;
  const wrappedKey = kept ? ok(kept) : await fetchKey(job, step, held);
  if (!wrappedKey.ok) return wrappedKey;
  step.done();
  return ok({ onnx: onnxBytes, provingKey: keyBytes, sealed: sealedBytes, wrappedKey: wrappedKey.value });
}

async function fetchOne(
  job: Job,
  step: Step,
  held: HeldUnit,
  { what, content, size }: Wanted,
  onReceived: (bytes: number) => void,
): Promise<Result<Uint8Array<ArrayBuffer>, JobFailure>> {
  const obtained = await untilAnswered(
    step,
    () => obtainContent(job.doors, content, size, onReceived),
    networkPatience(job, 'peers'),
    () => leaseEnded(job, held.lease),
  );
  if (!obtained.ok)
    return leaseEnded(job, held.lease) ? fail({ kind: 'lease-lost', until: held.lease.until }) : fail(contentFailure(what, obtained.failure));
  const { bytes, fetched } = obtained.value;
  if (fetched) job.report({ report: 'fetched', what, bytes: bytes.length, from: fetched.from, direct: fetched.direct });
  onReceived(size);
  return ok(bytes);
}

/** Asks the custodian, who alone can grant the key, and journals what it wrapped for us. */
export async function fetchKey(job: Job, step: Step, held: HeldUnit): Promise<Result<WrappedKey, JobFailure>> {
  const { network, signer } = job.doors;
  const { task, unit } = held.work;
  const boxKey = await unlessStopped(job.signal, signer.boxPublicKey());
  job.report({ report: 'sent', what: 'key-request', bytes: encodeCbor({ task: fromHex(task), unit, boxKey: fromHex(boxKey) }).length });
  const granted = await untilAnswered(
    step,
    () => network.requestKey({ task, unit, boxKey }),
    networkPatience(job, 'custodian'),
    () => leaseEnded(job, held.lease),
  );
  if (!granted.ok) {
    if (leaseEnded(job, held.lease)) return fail({ kind: 'lease-lost', until: held.lease.until });
    return fail(granted.failure.kind === 'refused' ? { kind: 'key-refused', code: granted.failure.code } : { kind: 'custodian-unreachable' });
  }
  const wrappedKey = granted.value;
  await record(job, held, { entry: 'fetched', wrappedKey });
  job.report({ report: 'fetched', what: 'shard-key', bytes: wrappedKey.enc.length + wrappedKey.ct.length, from: 'custodian', direct: false });
  return ok(wrappedKey);
}
