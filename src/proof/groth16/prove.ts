/**
 * Groth16 over BN254 (J. Groth, "On the Size of Pairing-based Non-interactive Arguments", EUROCRYPT 2016, §3.2), from a key in the
 * kernel's memory and a witness: the same proof that snarkjs would make with the same randomness.
 *
 * Tasks go to the threads as soon as what they need is there. The quotient comes first, since the sum over H waits for it; the sums
 * over the witness fill the threads meanwhile; and this thread weights their windows as they come in.
 */
import { bn254 } from '@noble/curves/bn254.js';
import { fail, ok, type Result } from '../../protocol/result.ts';
import type { G1Affine, G2Affine } from '../../protocol/bn254-points.ts';
import type { SnarkjsProof } from '../../protocol/groth16-proof.ts';
import { g1ToSnarkjs, g2ToSnarkjs } from '../../protocol/groth16-key.ts';
import type { Degree } from '../bn254/kernel.ts';
import type { KernelTask } from '../bn254/kernel-task.ts';
import { roomFor } from '../bn254/multi-scalar.ts';
import { cheapestBits, countLarge, windowsOf } from '../bn254/scalar-digits.ts';
import { readElement } from './little-endian.ts';
import type { LoadedKey, LoadedPoints } from './loaded-key.ts';
import { closingFactor, holds, isOnCurve, openingFactor, statementFactor } from './pairing-check.ts';
import { viewOf } from './section-table.ts';

const { Fr } = bn254.fields;
const { G1, G2 } = bn254;

export type ProveFailure =
  /** The witness is for another circuit. */
  | { readonly kind: 'witness-size'; readonly wires: number; readonly given: number }
  /** The proof does not verify: the witness does not satisfy the circuit, or the key is damaged. */
  | { readonly kind: 'proof-rejected' };

/** What a proof spends its time on, in the order of the first task of each. */
export type ProofStage = 'rows' | 'transforms' | 'sums' | 'check';
const STAGE_OF = {
  'read-scalars': 'rows',
  rows: 'rows',
  'to-coset': 'transforms',
  quotient: 'transforms',
  digits: 'sums',
  'window-sums': 'sums',
} as const satisfies Partial<Record<KernelTask['kind'], ProofStage>>;

export interface ProofOutcome {
  readonly proof: SnarkjsProof;
  readonly publicSignals: readonly string[];
  /** Milliseconds of thread time by stage. */
  readonly stages: Readonly<Record<ProofStage, number>>;
}

/** The chain that the last sum waits for goes before everything else. */
const [FIRST, LATER] = [0, 1] as const;
/** Windows that one task adds up: more would need more room, fewer would leave batches half empty. */
const WINDOWS_PER_TASK: Readonly<Record<Degree, number>> = { 1: 4, 2: 3 };

/**
 * @param witness 32 bytes a wire, as `readWitness` gives it
 * @param random a fresh scalar of the field each time: what hides the witness
 * @param onProgress finished tasks, of how many
 */
export async function prove(
  key: LoadedKey,
  witness: Uint8Array,
  random: () => bigint,
  onProgress: (stage: ProofStage, done: number, of: number) => void,
): Promise<Result<ProofOutcome, ProveFailure>> {
  const { file, threads, memory, points } = key;
  if (witness.length !== 32 * file.wires) return fail({ kind: 'witness-size', wires: file.wires, given: witness.length / 32 });
  const domainSize = 2 ** file.log;
  const [a, b, c] = [0, 1, 2].map((i) => key.polynomials + i * key.stride) as [number, number, number];
  memory.bytes(key.scalars, witness.length).set(witness);

  memory.release(key.free);
  // Read where they are aligned, as bytes from elsewhere need not be; the quotient's values fill the whole field.
  const widths = { witness: cheapestBits(countLarge(memory.bytes(key.scalars, witness.length))), quotient: cheapestBits(domainSize) };
  const windows = { witness: windowsOf(widths.witness), quotient: windowsOf(widths.quotient) };
  const digits = { witness: memory.reserve(2 * windows.witness * file.wires), quotient: memory.reserve(2 * windows.quotient * domainSize) };
  const perTask = (degree: Degree, bits: number) => Math.min(windowsOf(bits), WINDOWS_PER_TASK[degree]);
  const room = Math.max(
    roomFor(1, file.wires, widths.witness, perTask(1, widths.witness)),
    roomFor(2, file.wires, widths.witness, perTask(2, widths.witness)),
    roomFor(1, domainSize, widths.quotient, perTask(1, widths.quotient)),
  );
  threads.giveRooms(Array.from({ length: threads.count }, () => memory.reserve(room)));

  const stages: Record<ProofStage, number> = { rows: 0, transforms: 0, sums: 0, check: 0 };
  const parts = (degree: Degree, bits: number) => Math.ceil(windowsOf(bits) / perTask(degree, bits));
  const of = 9 + 3 * parts(1, widths.witness) + parts(2, widths.witness) + parts(1, widths.quotient);
  let done = 0;
  const finished = (stage: ProofStage) => onProgress(stage, ++done, of);
  const run = async (task: Extract<KernelTask, { kind: keyof typeof STAGE_OF }>, urgency: number) => {
    const { result, milliseconds } = await threads.run(task, urgency);
    stages[STAGE_OF[task.kind]] += milliseconds;
    finished(STAGE_OF[task.kind]);
    return result;
  };

  /** Σ over all windows, weighted here while the threads go on. */
  const sum = async (loaded: LoadedPoints, from: number, stride: number, bits: number): Promise<(readonly bigint[] | null)[]> => {
    const { degree } = loaded;
    const size = perTask(degree, bits);
    const tasks = Array.from({ length: parts(degree, bits) }, (_, part) => {
      const task = {
        kind: 'window-sums',
        ...loaded,
        digits: from,
        stride,
        bits,
        from: part * size,
        to: Math.min((part + 1) * size, windowsOf(bits)),
      } as const;
      return run(task, LATER);
    });
    return (await Promise.all(tasks)).flat();
  };
  const sumG1 = async (...args: Parameters<typeof sum>) => weighted(await sum(...args), args[3], G1.Point.ZERO, ([x, y]) => g1({ x, y }));
  const sumG2 = async (...args: Parameters<typeof sum>) =>
    weighted(await sum(...args), args[3], G2.Point.ZERO, ([x0, x1, y0, y1]) => g2({ x: { c0: x0, c1: x1 }, y: { c0: y0, c1: y1 } }));

  const quotient = async () => {
    await run({ kind: 'read-scalars', from: key.scalars, to: key.elements, count: file.wires }, FIRST);
    await run({ kind: 'rows', to: key.polynomials, count: domainSize, stride: key.stride, entries: key.entries, groups: key.groups }, FIRST);
    const { log } = file;
    const { roots, inverseRoots, coset } = key;
    await Promise.all([a, b, c].map((data) => run({ kind: 'to-coset', data, log, roots, inverseRoots, coset }, FIRST)));
    await run({ kind: 'quotient', a, b, c, count: domainSize }, FIRST);
    const [bits, to] = [widths.quotient, digits.quotient];
    await run({ kind: 'digits', scalars: c, count: domainSize, bits, windows: windows.quotient, to }, FIRST);
    return sumG1(points.h, to, domainSize, bits);
  };
  const overWitness = run(
    { kind: 'digits', scalars: key.scalars, count: file.wires, bits: widths.witness, windows: windows.witness, to: digits.witness },
    FIRST,
  );
  const ofWitness = async <Sum>(add: (...args: Parameters<typeof sum>) => Promise<Sum>, loaded: LoadedPoints, skipped = 0): Promise<Sum> => {
    await overWitness;
    return add(loaded, digits.witness + 2 * skipped, file.wires, widths.witness);
  };
  const view = viewOf(witness);
  const signals = Array.from({ length: file.publics }, (_, i) => readElement(view, 32 * (i + 1)));
  const { verificationKey } = file;
  const [r, s] = [random(), random()];

  const sumH = quotient();
  const sumB2 = ofWitness(sumG2, points.b2);
  const sumA = ofWitness(sumG1, points.a);
  const sumB1 = ofWitness(sumG1, points.b1);
  const sumC = ofWitness(sumG1, points.c, file.publics + 1);
  // Whatever comes of it, nothing of this proof may run on in memory that the next one takes.
  const ended = Promise.allSettled([sumH, sumB2, sumA, sumB1, sumC]);
  const delta1 = g1(file.delta1);
  const statement = statementFactor(verificationKey, signals);
  const proofB = g2(verificationKey.beta)
    .add(await sumB2)
    .add(g2(verificationKey.delta).multiplyUnsafe(s));
  const proofA = g1(verificationKey.alpha)
    .add(await sumA)
    .add(delta1.multiplyUnsafe(r));
  if (!isOnCurve(proofA) || !isOnCurve(proofB)) {
    await ended;
    return fail({ kind: 'proof-rejected' });
  }
  const opening = openingFactor(proofA, proofB);
  const proofB1 = g1(file.beta1)
    .add(await sumB1)
    .add(delta1.multiplyUnsafe(s));
  const blinding = proofA
    .multiplyUnsafe(s)
    .add(proofB1.multiplyUnsafe(r))
    .add(delta1.multiplyUnsafe(Fr.neg(Fr.mul(r, s))));
  const proofC = blinding.add(await sumC).add(await sumH);
  await ended;

  const started = performance.now();
  const verified = isOnCurve(proofC) && holds(statement, opening, closingFactor(verificationKey, proofC));
  stages.check = performance.now() - started;
  if (!verified) return fail({ kind: 'proof-rejected' });
  finished('check');
  const proof = {
    pi_a: g1ToSnarkjs(proofA.toAffine()),
    pi_b: g2ToSnarkjs(proofB.toAffine()),
    pi_c: g1ToSnarkjs(proofC.toAffine()),
    protocol: 'groth16',
    curve: 'bn128',
  } as const;
  return ok({ proof, publicSignals: signals.map(String), stages });
}

const g1 = ({ x, y }: G1Affine) => G1.Point.fromAffine({ x, y });
const g2 = ({ x, y }: G2Affine) => G2.Point.fromAffine({ x, y });

interface Point<Self> {
  add(other: Self): Self;
  double(): Self;
  is0(): boolean;
}

/** Σ 2^(bits·w)·sum of window w, from the highest down. */
function weighted<P extends Point<P>>(
  sums: readonly (readonly bigint[] | null)[],
  bits: number,
  zero: P,
  pointOf: (coordinates: readonly bigint[]) => P,
): P {
  return sums.reduceRight((total, coordinates) => {
    let doubled = total;
    if (!total.is0()) for (let i = 0; i < bits; i++) doubled = doubled.double();
    return coordinates === null ? doubled : doubled.add(pointOf(coordinates));
  }, zero);
}
