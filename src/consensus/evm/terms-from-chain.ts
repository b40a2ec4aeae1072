/** Terms as a log carries them, with the brands of our own types. */
import type { Hex } from '../../protocol/bytes.ts';
import type { Address, CircuitId, DetailsId } from '../../protocol/ids.ts';
import type { Terms } from '../../protocol/terms.ts';

type ChainTerms = Omit<Terms, 'circuit' | 'details' | 'owner' | 'requester'> & {
  readonly circuit: Hex;
  readonly details: Hex;
  readonly owner: Address;
  readonly requester: Address;
};

export function termsFromChain(terms: ChainTerms): Terms {
  return { ...terms, circuit: terms.circuit as CircuitId, details: terms.details as DetailsId };
}
