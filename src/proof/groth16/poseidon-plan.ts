/** Poseidon as a plan: every S-box's input as a combination of earlier S-boxes' outputs. Worked out once a width, then laid down for each hash. */
import { SCALAR_ORDER } from '../../protocol/field.ts';
import { FULL_ROUNDS, poseidonParameters } from '../../protocol/poseidon-parameters.ts';

/** `constant + Σ factors[i] · output of S-box boxes[i]` */
export interface Combination {
  readonly constant: bigint;
  readonly boxes: readonly number[];
  readonly factors: readonly bigint[];
}

export interface PoseidonPlan {
  readonly width: number;
  /** The first `width` S-boxes take an element of the initial state each, plus a constant. */
  readonly firstConstants: readonly bigint[];
  /** Inputs of all later S-boxes, in order. */
  readonly laterInputs: readonly Combination[];
  /** The hash: element 0 of the last state. */
  readonly output: Combination;
}

const plans = new Map<number, PoseidonPlan>();

export function poseidonPlan(width: number): PoseidonPlan {
  const known = plans.get(width);
  if (known !== undefined) return known;
  const plan = workOut(width);
  plans.set(width, plan);
  return plan;
}

/** A state element while planning: dense coefficients of the S-boxes so far, the constant last. */
interface Element {
  readonly constant: bigint;
  readonly factors: ReadonlyMap<number, bigint>;
}

function workOut(width: number): PoseidonPlan {
  const { constants, matrix, partialRounds } = poseidonParameters(width);
  const laterInputs: Combination[] = [];
  let boxes = width;
  let state = mixed(
    matrix,
    Array.from({ length: width }, (_, i) => outputOf(i)),
  );
  for (let round = 1; round < FULL_ROUNDS + partialRounds; round++) {
    const isFull = round < FULL_ROUNDS / 2 || round >= FULL_ROUNDS / 2 + partialRounds;
    const keyed = state.map(({ constant, factors }, i) => ({ constant: (constant + constants[round * width + i]) % SCALAR_ORDER, factors }));
    const substituted = keyed.map((element, i) => {
      if (!isFull && i > 0) return element;
      laterInputs.push(combination(element));
      return outputOf(boxes++);
    });
    state = mixed(matrix, substituted);
  }
  return { width, firstConstants: constants.slice(0, width), laterInputs, output: combination(state[0]) };
}

function outputOf(box: number): Element {
  return { constant: 0n, factors: new Map([[box, 1n]]) };
}

/** The matrix times the state; products are reduced once a sum. */
function mixed(matrix: readonly (readonly bigint[])[], state: readonly Element[]): Element[] {
  return matrix.map((row) => {
    let constant = 0n;
    const factors = new Map<number, bigint>();
    state.forEach((element, i) => {
      constant += row[i] * element.constant;
      for (const [box, factor] of element.factors) factors.set(box, (factors.get(box) ?? 0n) + row[i] * factor);
    });
    for (const [box, factor] of factors) factors.set(box, factor % SCALAR_ORDER);
    return { constant: constant % SCALAR_ORDER, factors };
  });
}

function combination({ constant, factors }: Element): Combination {
  return { constant, boxes: [...factors.keys()], factors: [...factors.values()] };
}
