/**
 * Groth16 over BN254 (J. Groth, "On the Size of Pairing-based Non-interactive Arguments", EUROCRYPT 2016, §3.2), from a key in the
 * kernel's memory and a witness: the same proof that snarkjs would make with the same randomness, checked by the verifier's equation
 * e(A, B) = e(α, β)·e(Σ sᵢICᵢ, γ)·e(C, δ) before it is handed out.
 *
 * Tasks go to the threads as soon as what they need is there. The quotient comes first, since the sum over H waits for it; the sums
 * over the witness fill the threads meanwhile.
 */
import { fail, ok, type Result } from '../../protocol/result.ts';
import type { SnarkjsProof } from '../../protocol/groth16-proof.ts';
import { g1ToSnarkjs, g2ToSnarkjs } from '../../protocol/groth16-key.ts';
import type { BitSums, Term } from '../bn254/combination.ts';
import { affine1, affine2, coordinatesOf1, coordinatesOf2, negated1, type Coordinates } from '../bn254/curve-points.ts';
import type { Degree } from '../bn254/kernel.ts';
import type { KernelTask, TaskResult } from '../bn254/kernel-task.ts';
import { readElement } from './little-endian.ts';
import type { LoadedKey, PointsName } from './loaded-key.ts';
import { planProof, type ScalarPlan } from './proof-plan.ts';
import { viewOf } from './section-table.ts';

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
  combination: 'sums',
  pairing: 'check',
} as const satisfies Partial<Record<KernelTask['kind'], ProofStage>>;
type ProofTask = Extract<KernelTask, { kind: keyof typeof STAGE_OF }>;

export interface ProofOutcome {
  readonly proof: SnarkjsProof;
  readonly publicSignals: readonly string[];
  /** Milliseconds of thread time by stage. */
  readonly stages: Readonly<Record<ProofStage, number>>;
}

/** The chain that the last sum waits for goes before everything else. */
const [FIRST, LATER] = [0, 1] as const;
/** All tasks but those for windows: eight before them, five combinations, and the check. */
const OTHER_TASKS = 14;

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
  const { file, threads, memory } = key;
  if (witness.length !== 32 * file.wires) return fail({ kind: 'witness-size', wires: file.wires, given: witness.length / 32 });
  memory.bytes(key.scalars, witness.length).set(witness);
  const view = viewOf(witness);
  const signals = Array.from({ length: file.publics }, (_, i) => readElement(view, 32 * (i + 1)));
  const plan = planProof(key);
  const stages: Record<ProofStage, number> = { rows: 0, transforms: 0, sums: 0, check: 0 };
  const of = Object.values(plan.sums).reduce((count, { tasks }) => count + tasks.length, OTHER_TASKS);
  let done = 0;
  const run = async (task: ProofTask, urgency: number): Promise<TaskResult> => {
    const { result, milliseconds } = await threads.run(task, urgency);
    stages[STAGE_OF[task.kind]] += milliseconds;
    onProgress(STAGE_OF[task.kind], ++done, of);
    return result;
  };
  const digits = ({ scalars, count, bits, windows, digits: to }: ScalarPlan) => run({ kind: 'digits', scalars, count, bits, windows, to }, FIRST);
  const quotient = async () => {
    const domainSize = 2 ** file.log;
    const [a, b, c] = [0, 1, 2].map((i) => key.polynomials + i * key.stride) as [number, number, number];
    await Promise.all([key.ready.coefficients, run({ kind: 'read-scalars', from: key.scalars, to: key.elements, count: file.wires }, FIRST)]);
    await run({ kind: 'rows', to: key.polynomials, count: domainSize, stride: key.stride, entries: key.entries, groups: key.groups }, FIRST);
    const { log } = file;
    const { roots, inverseRoots, coset } = key;
    await key.ready.tables;
    await Promise.all([a, b, c].map((data) => run({ kind: 'to-coset', data, log, roots, inverseRoots, coset }, FIRST)));
    await run({ kind: 'quotient', a, b, c, count: domainSize }, FIRST);
    await digits(plan.quotient);
  };
  const sumOf = async (name: PointsName, ready: Promise<unknown>): Promise<BitSums> => {
    await Promise.all([ready, key.ready[name]]);
    const { tasks, result } = plan.sums[name];
    await Promise.all(tasks.map((task) => run(task, LATER)));
    return result;
  };
  const combine = (degree: Degree, sums: readonly BitSums[], ...terms: readonly Term[]) => run({ kind: 'combination', degree, sums, terms }, FIRST);

  const { alpha, beta, gamma, delta, ic } = file.verificationKey;
  const [alpha1, beta1, delta1] = [alpha, file.beta1, file.delta1].map(coordinatesOf1);
  const [beta2, gamma2, delta2] = [beta, gamma, delta].map(coordinatesOf2);
  const [r, s] = [random(), random()];
  const ofQuotient = quotient();
  const ofWitness = digits(plan.witness);
  const sumH = sumOf('h', ofQuotient);
  const proofB = sumOf('b2', ofWitness).then((sum) => combine(2, [sum], once(beta2), { point: delta2, scalar: s }));
  const proofA = sumOf('a', ofWitness).then((sum) => combine(1, [sum], once(alpha1), { point: delta1, scalar: r }));
  const sumB1 = sumOf('b1', ofWitness).then((sum) => combine(1, [sum], once(beta1)));
  const sumC = sumOf('c', ofWitness);
  const statement = combine(1, [], ...ic.map((point, i) => ({ point: coordinatesOf1(point), scalar: i === 0 ? 1n : signals[i - 1] })));
  // C = Σ + sA + rB − rsδ, where −rsδ takes from B the part that hides it.
  const proofC = Promise.all([sumC, sumH, proofA, sumB1]).then(([c, h, a, b]) =>
    combine(1, [c, h], { point: a, scalar: s }, { point: b, scalar: r }),
  );
  // Whatever comes of it, nothing of this proof may run on in memory that the next one takes.
  await Promise.allSettled([statement, proofC]);

  const [a, b, c] = await Promise.all([proofA, proofB, proofC]);
  // A damaged key gives points on no curve, or outside the group: they do not satisfy the equation either.
  const value = await run(
    {
      kind: 'pairing',
      pairs: [
        [a && negated1(a), b],
        [alpha1, beta2],
        [await statement, gamma2],
        [c, delta2],
      ],
    },
    FIRST,
  );
  const holds = value?.every((part, i) => part === (i === 0 ? 1n : 0n)) ?? false;
  if (!holds || a === null || b === null || c === null) return fail({ kind: 'proof-rejected' });
  const proof = {
    pi_a: g1ToSnarkjs(affine1(a)),
    pi_b: g2ToSnarkjs(affine2(b)),
    pi_c: g1ToSnarkjs(affine1(c)),
    protocol: 'groth16',
    curve: 'bn128',
  } as const;
  return ok({ proof, publicSignals: signals.map(String), stages });
}

const once = (point: Coordinates): Term => ({ point, scalar: 1n });
