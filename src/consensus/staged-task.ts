/** A circuit with a forgeable key, terms over it, and deliveries that hold: what tests of a ledger send. */
import { getAddress, keccak256, slice } from 'viem';
import { toHex, utf8, type Hex } from '../protocol/bytes.ts';
import { INSECURE, KIND_INFER, circuitId, type CircuitParts } from '../protocol/circuit.ts';
import { publicSignals } from '../protocol/domain.ts';
import { encodeEvidence } from '../protocol/evidence.ts';
import { SCALAR_ORDER } from '../protocol/field.ts';
import type { Address, DetailsId, ModelId } from '../protocol/ids.ts';
import { inputPath, inputsRoot } from '../protocol/input-tree.ts';
import { sha256 } from '../protocol/sha256.ts';
import { taskId, type Terms } from '../protocol/terms.ts';
import { developmentTrapdoor, forgedKey, forgedProof } from './forged-key.ts';
import type { LedgerAction, LedgerAnswers } from './ledger.ts';

export const stagedKey: Hex = toHex(forgedKey(developmentTrapdoor));
export const stagedParts: CircuitParts = {
  system: 1,
  kind: KIND_INFER,
  model: sha256(utf8('a model')) as ModelId,
  relation: sha256(utf8('a relation')),
  key: sha256(forgedKey(developmentTrapdoor)),
  values: 2,
  meter: [53_600, 437_000, 0, 3_136, 8, 0],
  flags: INSECURE,
};
/** Words as large as real ones: calldata of zero bytes is cheap, and gas is measured with these. */
export const stagedInputs = Array.from({ length: 8 }, (_, unit) => scalar(`input ${unit}`));
export const stagedBoxKey: Hex = keccak256('0xb0');
const stagedOwner = getAddress(slice(keccak256(toHex(utf8('an owner'))), 12));
export const stagedAnswers = scalar('answers') >> 8n;
const stagedDigest = scalar('a digest');

let posted = 0;

/** Every call gives another task. */
export function stagedTerms(clock: LedgerAnswers['clock'], requester: Address, changes: Partial<Terms> = {}): Terms {
  posted += 1;
  return {
    requester,
    circuit: circuitId(stagedParts),
    inputs: inputsRoot(stagedInputs),
    units: stagedInputs.length,
    price: 1_234_567_890_123_456_789n,
    owner: stagedOwner,
    ownerPrice: 0n,
    gate: '0x0000000000000000000000000000000000000000',
    judge: getAddress(clock.registry),
    closes: clock.time + 7_200,
    lease: 600,
    tariff: 0,
    details: sha256(utf8(`details ${posted}`)) as DetailsId,
    ...changes,
  };
}

/** A delivery that holds for this claimant, with answers of its own choice: its key is forgeable. */
export function stagedDelivery(
  clock: LedgerAnswers['clock'],
  terms: Terms,
  unit: number,
  claimant: Address,
): Extract<LedgerAction, { readonly send: 'settle' }> {
  const values = [stagedInputs[unit] ?? 0n, stagedAnswers];
  const subject = taskId(clock.chainId, clock.market, terms);
  const signals = publicSignals({
    circuit: terms.circuit,
    chain: clock.chainId,
    contract: clock.market,
    subject,
    unit,
    beneficiary: claimant,
    values,
    digest: stagedDigest,
  });
  return {
    send: 'settle',
    terms,
    unit,
    values,
    path: inputPath(stagedInputs, unit),
    evidence: encodeEvidence(stagedDigest, forgedProof(developmentTrapdoor, signals)),
  };
}

function scalar(label: string): bigint {
  return BigInt(keccak256(toHex(utf8(label)))) % SCALAR_ORDER;
}
