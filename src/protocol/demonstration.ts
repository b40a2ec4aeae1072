/**
 * A demonstration: somebody proves to whoever looks what a model answers for a row of their own. It is for no task and no chain,
 * so its subject is the hash of a request that names the row's data set and nothing else: whoever holds the receipt can make it again.
 */
import { fromHex, type Hex } from './bytes.ts';
import { encodeCbor } from './cbor.ts';
import { digestOf } from './domain.ts';
import { headId, type DatasetHead } from './heads.ts';
import type { Address, CircuitId } from './ids.ts';
import type { Statement } from './receipt.ts';
import { sha256 } from './sha256.ts';

const NOBODY: Address = '0x0000000000000000000000000000000000000000';
/** No chain: nothing is paid, and no contract is asked. */
const NO_CHAIN = 0;

/** SHA-256 of CBOR {t: "prooftab/demonstration/1", dataset}. */
export function demonstrationSubject(dataset: DatasetHead): Hex {
  return sha256(encodeCbor({ t: 'prooftab/demonstration/1', dataset: fromHex(headId(dataset)) }));
}

/** What a demonstration states: these values, by this circuit, for nobody in particular. */
export function demonstrationStatement(circuit: CircuitId, dataset: DatasetHead, values: readonly bigint[]): Statement {
  return {
    t: 'prooftab/statement/1',
    circuit,
    chain: NO_CHAIN,
    contract: NOBODY,
    subject: demonstrationSubject(dataset),
    unit: 0,
    beneficiary: NOBODY,
    values,
    digest: digestOf(values),
  };
}

/** Whether a statement is for no chain, no contract and nobody: what it is about must then stand in the receipt itself. */
export function isOffChain({ chain, contract, unit, beneficiary }: Statement): boolean {
  return chain === NO_CHAIN && contract === NOBODY && unit === 0 && beneficiary === NOBODY;
}

/** Whether a statement is a demonstration about this data set. */
export function isDemonstration(statement: Statement, dataset: DatasetHead): boolean {
  return isOffChain(statement) && statement.subject === demonstrationSubject(dataset);
}
