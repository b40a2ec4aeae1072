import { WaitForTransactionReceiptTimeoutError, encodeErrorResult, zeroAddress } from 'viem';
import { describe, expect, it } from 'vitest';
import { errorsAbi } from '../consensus/evm/abi.ts';
import { attempt, failureOf } from '../consensus/evm/failure.ts';
import { EndpointError, passingTrouble, stubEndpoint } from '../consensus/evm/stub-endpoint.ts';
import type { LedgerFailure } from '../consensus/ledger.ts';
import { createWalletSigner } from '../identity/wallet-signer.ts';
import { MemoryRecordStore } from '../storage/memory-record-store.ts';
import { MemoryShardStore } from '../storage/memory-shard-store.ts';
import { expectOk } from '../marketplace/staged-market.ts';
import { readJournals } from './journal.ts';
import { expectPaidOnce, rehearsals, waitedOn } from './rehearsal.ts';

const rehearse = rehearsals(async () => ({
  signer: await createWalletSigner(`0x${'11'.repeat(32)}`),
  shards: new MemoryShardStore(),
  records: new MemoryRecordStore(),
  custodianStore: new MemoryShardStore(),
}));

async function failureAt(error: EndpointError): Promise<LedgerFailure> {
  const called = await attempt(() => stubEndpoint({ eth_call: () => error }).call({ to: zeroAddress, data: '0x00' }));
  if (called.ok) throw new Error('an error came back as an answer');
  return called.failure;
}

/** A job whose delivery fails so, three times. */
async function troubledDelivery(failure: LedgerFailure) {
  const rehearsal = await rehearse([2]);
  let troubles = 3;
  rehearsal.ledger.onSend = ({ send }) => (send === 'settle' && troubles-- > 0 ? failure : null);
  return rehearsal;
}

describe('an endpoint in trouble while a finished proof is delivered', () => {
  it('costs nothing but time: the one proof is kept and paid for', async () => {
    const timeout = failureOf(new WaitForTransactionReceiptTimeoutError({ hash: `0x${'ab'.repeat(32)}` }));
    for (const failure of [timeout, ...(await Promise.all(passingTrouble.map(failureAt)))]) {
      const rehearsal = await troubledDelivery(failure);
      expectOk(await rehearsal.run());
      // The chain itself answers, so it is the one between it and the tab that is waited for.
      expect(waitedOn(rehearsal.reports)).toEqual(['sponsor']);
      expect(rehearsal.doors.prover.calls).toBe(1);
      await expectPaidOnce(rehearsal);
    }
  });

  it('is not mistaken for a contract that refuses: such a unit is given up', async () => {
    const data = encodeErrorResult({ abi: errorsAbi, errorName: 'ProofRejected' });
    const rehearsal = await troubledDelivery(await failureAt(new EndpointError(3, 'execution reverted', data)));
    expect(await rehearsal.run()).toEqual({ ok: false, failure: { kind: 'reverted', error: 'ProofRejected', args: [] } });
    const [journal] = await readJournals(rehearsal.doors.records);
    expect(journal?.progress.abandoned).toMatchObject({ why: 'reverted' });
  });
});
