/** What every check of a receipt in this app is made with: loaded when the first receipt is checked. */
import { kit } from 'virtual:demonstration-kit';
import type { CheckContext } from '../proof/check-receipt.ts';
import { circuitId } from '../protocol/circuit.ts';
import { openVerifier } from './threads.ts';

/** The circuit that this build compiled from its own model is one that it vouches for. */
export const meansToCheck: CheckContext = { verifier: openVerifier(), trusted: { listed: [circuitId(kit.circuit)] } };
