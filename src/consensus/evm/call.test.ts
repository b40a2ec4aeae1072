import { toFunctionSelector, zeroAddress } from 'viem';
import { describe, expect, it } from 'vitest';
import { MAX_HEAD_BYTES } from '../../protocol/heads.ts';
import type { Terms } from '../../protocol/terms.ts';
import { requester, volunteer } from '../ledger-suite.ts';
import type { LedgerAction } from '../ledger.ts';
import { stagedBoxKey, stagedDelivery, stagedKey, stagedParts, stagedTerms } from '../staged-task.ts';
import { callOf } from './call.ts';

const network = { market: `0x${'a1'.repeat(20)}`, registry: `0x${'a2'.repeat(20)}` } as const;
const clock = { ...network, token: `0x${'a3'.repeat(20)}`, chainId: 31337, block: 1, time: 1_800_000_000 } as const;
const GATE = `0x${'6a'.repeat(20)}` as const;
/** EIP-7825: a chain takes no transaction that may use more. */
const CAP = 2n ** 24n;
const MOST_UNITS = 2 ** 32 - 1;

const refundGas = (changes: Partial<Terms>) => callOf({ send: 'refund', terms: stagedTerms(clock, requester.address, changes) }, network).gas;

describe('the gas that a call may use', () => {
  it('does not grow with a task that has no gate: nobody is told of its units', () => {
    expect(refundGas({ units: MOST_UNITS })).toBe(refundGas({ units: 1 }));
    expect(refundGas({ units: MOST_UNITS })).toBeLessThanOrEqual(300_000n);
  });

  it('is enough for a gate to be told of each unit, 60,000 for each', () => {
    for (const units of [1, 8, 200])
      expect(refundGas({ units, gate: GATE }) - refundGas({ units, gate: zeroAddress })).toBeGreaterThanOrEqual(66_000n * BigInt(units));
  });

  it('is never more than a transaction may use, whatever a task says of itself', () => {
    const terms = stagedTerms(clock, requester.address, { units: MOST_UNITS, gate: GATE });
    const actions: readonly LedgerAction[] = [
      { send: 'post', terms },
      { send: 'claim', terms, unit: 0, boxKey: stagedBoxKey, claimant: volunteer.address, auth: '0x' },
      stagedDelivery(clock, terms, 0, volunteer.address),
      { send: 'refund', terms },
      { send: 'register', parts: stagedParts, key: stagedKey },
      { send: 'publish', kind: 'prooftab/model/1', head: `0x${'00'.repeat(MAX_HEAD_BYTES)}` },
    ];
    for (const action of actions) expect(callOf(action, network).gas, action.send).toBeLessThanOrEqual(CAP);
  });

  it('goes with the call of the right contract', () => {
    const terms = stagedTerms(clock, requester.address);
    expect(callOf({ send: 'refund', terms }, network).to).toBe(network.market);
    const published = callOf({ send: 'publish', kind: 'prooftab/model/1', head: '0x00' }, network);
    expect([published.to, published.data.slice(0, 10)]).toEqual([network.registry, toFunctionSelector('publish(bytes32,bytes)')]);
  });
});
