import { describe, expect, it } from 'vitest';
import { decodeAbiParameters, recoverTypedDataAddress } from 'viem';
import type { Ledger, LedgerAction } from '../consensus/ledger.ts';
import { createMemoryChain } from '../consensus/memory-ledger.ts';
import { stagedKey, stagedParts, stagedTerms } from '../consensus/staged-task.ts';
import { createWalletSigner } from '../identity/wallet-signer.ts';
import { fromHex } from '../protocol/bytes.ts';
import { claimTypedData } from '../protocol/claim.ts';
import { taskId } from '../protocol/terms.ts';
import { boxKeyHash } from '../protocol/wrapped-key.ts';
import { MemoryShardStore } from '../storage/memory-shard-store.ts';
import { claimTask } from './claim-task.ts';
import { REQUESTER, STRANGER, expectOk, stageMarket } from './staged-market.ts';

async function volunteer() {
  const stage = await stageMarket(new MemoryShardStore());
  const signer = await createWalletSigner(`0x${'11'.repeat(32)}`);
  const { ledger, posted } = stage;
  const work = { chainId: ledger.chainId, market: ledger.market, task: posted.id, terms: posted.terms, unit: 1 };
  return { ...stage, signer, work, boxKey: boxKeyHash(fromHex(await signer.boxPublicKey())) };
}

describe('claimTask', () => {
  it('sends a claim that anyone may submit: its signature names the unit, the box key and an expiry', async () => {
    const { ledger, signer, work, boxKey } = await volunteer();
    const claim = expectOk(await claimTask({ ledger, signer }, work, 0));
    expect(claim.until).toBe(ledger.time + 600);
    const action = ledger.sentActions.at(-1);
    if (action?.send !== 'claim') throw new Error('no claim was sent');
    const [expires, signature, gateEvidence] = decodeAbiParameters([{ type: 'uint40' }, { type: 'bytes' }, { type: 'bytes' }], action.auth);
    const claimant = await signer.address();
    const signed = claimTypedData({ chainId: work.chainId, market: work.market, task: work.task, unit: 1, boxKey, claimant, expires });
    expect(await recoverTypedDataAddress({ ...signed, signature })).toBe(claimant);
    expect(gateEvidence).toBe('0x');
    expect(expires).toBe(ledger.time + 600);
    expect(claim.bytes).toBe(32 + fromHex(action.auth).length);
  });

  it('outlasts a chain whose last block is old: the signature expires by the later of the two clocks', async () => {
    const { ledger, signer, work } = await volunteer();
    expectOk(await claimTask({ ledger, signer }, work, ledger.time + 5_000));
    const action = ledger.sentActions.at(-1);
    if (action?.send !== 'claim') throw new Error('no claim was sent');
    const [expires] = decodeAbiParameters([{ type: 'uint40' }, { type: 'bytes' }, { type: 'bytes' }], action.auth);
    expect(expires).toBe(ledger.time + 5_600);
  });

  it.each([60, 600])('signs nothing that anyone could send again once a lease of %i s has lapsed', async (lease) => {
    let time = 1_800_000_000;
    const chain = createMemoryChain({ now: () => time, verifier: { verify: () => Promise.resolve(true) } });
    const requester = chain.as(REQUESTER);
    expectOk(await requester.send({ send: 'register', parts: stagedParts, key: stagedKey }));
    const clock = expectOk(await requester.read({ read: 'clock' }));
    const terms = stagedTerms(clock, REQUESTER, { lease, price: 0n });
    expectOk(await requester.send({ send: 'post', terms }));
    const task = taskId(clock.chainId, clock.market, terms);

    const signer = await createWalletSigner(`0x${'11'.repeat(32)}`);
    const stranger = chain.as(STRANGER);
    const seen: LedgerAction[] = [];
    const carried: Ledger = { ...stranger, send: (action) => (seen.push(action), stranger.send(action)) };
    const claim = expectOk(
      await claimTask({ ledger: carried, signer }, { chainId: clock.chainId, market: clock.market, task, terms, unit: 1 }, time),
    );
    time = claim.until + 1;
    expect(await stranger.read({ read: 'units', task })).toEqual({ ok: true, value: new Map() });
    for (const action of seen) expect(await stranger.send(action)).toEqual({ ok: false, failure: { kind: 'reverted', error: 'BadAuth', args: [] } });
    expect(seen).toHaveLength(1);
  });

  it('is worth another try where the signature ran out on its way, and is not where the market refuses it for another reason', async () => {
    const { ledger, signer, work } = await volunteer();
    let seconds = 601;
    ledger.onSend = () => {
      ledger.time += seconds;
      return { kind: 'reverted', error: 'BadAuth', args: [] };
    };
    expect(await claimTask({ ledger, signer }, work, 0)).toEqual({ ok: false, failure: { kind: 'chain-down', detail: 'claim-expired' } });
    seconds = 600;
    expect(await claimTask({ ledger, signer }, work, 0)).toEqual({ ok: false, failure: { kind: 'reverted', error: 'BadAuth', args: [] } });
    ledger.onSend = () => null;
    expect(expectOk(await claimTask({ ledger, signer }, work, 0)).until).toBe(ledger.time + 600);
  });

  it('finds its own claim when only the answer was lost', async () => {
    const { ledger, signer, work } = await volunteer();
    ledger.afterSend = () => ({ kind: 'chain-down', detail: 'cut' });
    expect(await claimTask({ ledger, signer }, work, 0)).toMatchObject({ ok: false, failure: { kind: 'chain-down' } });
    ledger.afterSend = () => null;
    expect(expectOk(await claimTask({ ledger, signer }, work, 0)).until).toBe(ledger.time + 600);
  });

  it('answers NotOpen for a unit that somebody else holds, or that this account holds with another box key', async () => {
    const { ledger, signer, work, boxKey } = await volunteer();
    const until = ledger.time + 100;
    for (const state of [
      { status: 'claimed', claimant: STRANGER, until, boxKey },
      { status: 'claimed', claimant: await signer.address(), until, boxKey: `0x${'77'.repeat(32)}` },
    ] as const) {
      ledger.units.set(`${work.task}/1`, state);
      expect(await claimTask({ ledger, signer }, work, 0)).toEqual({ ok: false, failure: { kind: 'reverted', error: 'NotOpen', args: [] } });
    }
  });

  it('answers NotOpen where its claim went through, and the chain shows another in its place', async () => {
    const { ledger, signer, work, boxKey } = await volunteer();
    ledger.afterSend = () => {
      ledger.units.set(`${work.task}/1`, { status: 'claimed', claimant: STRANGER, until: ledger.time + 600, boxKey });
      return null;
    };
    expect(await claimTask({ ledger, signer }, work, 0)).toEqual({ ok: false, failure: { kind: 'reverted', error: 'NotOpen', args: [] } });
  });

  it('hands on what the sponsor or the chain says', async () => {
    const { ledger, signer, work } = await volunteer();
    ledger.onSend = () => ({ kind: 'sponsor-refused', detail: 'busy' });
    expect(await claimTask({ ledger, signer }, work, 0)).toEqual({ ok: false, failure: { kind: 'sponsor-refused', detail: 'busy' } });
    ledger.outage = { kind: 'chain-down', detail: 'away' };
    expect(await claimTask({ ledger, signer }, work, 0)).toEqual({ ok: false, failure: { kind: 'chain-down', detail: 'away' } });
  });
});
