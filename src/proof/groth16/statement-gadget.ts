/** The three public signals that bind a proof to its statement: the digest of the values, and their fold at the domain. */
import { SCALAR_ORDER } from '../../protocol/field.ts';
import { enforceZero, type ConstraintSystem } from './constraint-system.ts';
import { poseidonGadget } from './poseidon-gadget.ts';
import { difference, sumOf, type Signal } from './signal.ts';

export interface PublicSignals {
  readonly domain: Signal;
  readonly digest: Signal;
  readonly fold: Signal;
}

/**
 * Demands `digest = Poseidon(values)` and `fold = Σ vᵢ·domainⁱ`, by Horner's rule from the last value.
 * @param values 1 to 16
 * @returns what digest and fold come to, whatever the public wires claim
 */
export function statementGadget(
  system: ConstraintSystem,
  signals: PublicSignals,
  values: readonly Signal[],
): { readonly digest: bigint; readonly fold: bigint } {
  const { domain, digest, fold } = signals;
  const hash = poseidonGadget(system, values);
  enforceZero(system, 'digest', difference(hash, digest));
  let sum = values.at(-1)!;
  for (const value of values.slice(0, -1).reverse()) {
    const step = system.private('fold-step', (sum.value * domain.value) % SCALAR_ORDER);
    system.enforce('fold-step', sum, domain, step);
    sum = sumOf([step, value]);
  }
  system.enforce('fold', sum, domain, fold);
  return { digest: hash.value, fold: (sum.value * domain.value) % SCALAR_ORDER };
}
