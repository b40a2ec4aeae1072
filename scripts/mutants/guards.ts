/** One mutant for each guard of the circuits: the recorder that keys are made from leaves the guard's constraints out. */
import { GUARDS } from '../../src/proof/groth16/guard.ts';
import { without, type Mutant } from './mutant.ts';

export const RECORDER = 'src/proof/groth16/constraint-recorder.ts';
const SWITCH = 'if (guard === this.#omitted) return;';

export function guardMutants(text: string): readonly Mutant[] {
  const start = text.indexOf(SWITCH);
  if (start < 0) throw new Error(`${RECORDER} no longer says "${SWITCH}": the mutants of the circuits are made there`);
  const line = text.slice(0, start).split('\n').length;
  return GUARDS.map((guard) => ({
    group: 'circuits',
    file: RECORDER,
    check: `constraints of ${guard}`,
    line,
    text: without(text, start, start + SWITCH.length, `if (guard === this.#omitted || guard === '${guard}') return;`),
  }));
}
