import { encodeFunctionData } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { marketAbi, tokenAbi } from '../src/consensus/evm/abi.ts';
import { callOf } from '../src/consensus/evm/call.ts';
import type { EvmNetwork } from '../src/consensus/evm/chain-client.ts';
import { createEvmLedger } from '../src/consensus/evm/evm-ledger.ts';
import { createSponsoredSender } from '../src/consensus/evm/sponsored-sender.ts';
import { createWalletSender } from '../src/consensus/evm/wallet-sender.ts';
import { answered, requester, stranger, volunteer } from '../src/consensus/ledger-suite.ts';
import type { Ledger, LedgerAction, LedgerAnswers } from '../src/consensus/ledger.ts';
import { stagedBoxKey, stagedDelivery, stagedKey, stagedParts, stagedTerms } from '../src/consensus/staged-task.ts';
import { claimTypedData, encodeAuth } from '../src/protocol/claim.ts';
import { taskId, type Terms } from '../src/protocol/terms.ts';
import { startAnvil, type RunningChain } from './chain.ts';
import { deploy } from './deploy.ts';
import { handleSponsor, sponsorDeps, type SponsorDeps } from './sponsor.ts';

describe('a sponsor', () => {
  const purse = privateKeyToAccount(`0x${'0c'.repeat(32)}`);
  let chain: RunningChain;
  let network: EvmNetwork;
  let deps: SponsorDeps;
  let clock: LedgerAnswers['clock'];
  let ledger: Ledger;
  /** The volunteer's ledger: it sends through the sponsor, as over HTTP. */
  let sponsored: Ledger;

  const posted = async (): Promise<Terms> => {
    clock = await answered(ledger.read({ read: 'clock' }));
    const terms = stagedTerms(clock, requester.address);
    await answered(ledger.send({ send: 'post', terms }));
    return terms;
  };
  const signedClaim = async (terms: Terms, unit: number, account = volunteer): Promise<Extract<LedgerAction, { send: 'claim' }>> => {
    const expires = clock.time + 300;
    const claim = {
      chainId: clock.chainId,
      market: clock.market,
      task: taskId(clock.chainId, clock.market, terms),
      unit,
      boxKey: stagedBoxKey,
      claimant: account.address,
      expires,
    };
    const auth = encodeAuth(expires, await account.signTypedData(claimTypedData(claim)));
    return { send: 'claim', terms, unit, boxKey: stagedBoxKey, claimant: account.address, auth };
  };
  const overHttp =
    (handle: (json: unknown) => Promise<unknown>): typeof fetch =>
    async (_url, init) =>
      new Response(JSON.stringify(await handle(JSON.parse(init?.body as string))));

  beforeAll(async () => {
    chain = await startAnvil();
    network = await deploy({ rpcUrl: chain.rpcUrl, deployer: requester });
    ledger = createEvmLedger(network, createWalletSender(network, requester));
    deps = sponsorDeps(network, createWalletSender(network, purse));
    sponsored = createEvmLedger(network, createSponsoredSender(network, 'http://sponsor/', { fetch: overHttp((json) => handleSponsor(json, deps)) }));
    await answered(ledger.send({ send: 'register', parts: stagedParts, key: stagedKey }));
  });
  afterAll(() => chain.stop());

  it('pays for a signed claim and its delivery: the account needs no coins, and gets the price', async () => {
    const terms = await posted();
    const claimed = await answered(sponsored.send(await signedClaim(terms, 3)));
    expect(claimed.gas).toBeLessThanOrEqual(63_000n);
    await answered(sponsored.send(stagedDelivery(clock, terms, 3, volunteer.address)));
    expect(await answered(ledger.read({ read: 'balance', of: volunteer.address }))).toBe(terms.price);
  });

  it('passes on what a contract refuses, and spends nothing on it', async () => {
    const terms = await posted();
    const spent = async (): Promise<number> => (await answered(ledger.read({ read: 'clock' }))).block;
    const before = await spent();
    const late = await sponsored.send(stagedDelivery(clock, terms, 3, volunteer.address));
    expect(late).toEqual({ ok: false, failure: { kind: 'reverted', error: 'LeaseExpired', args: [] } });
    const unsigned = await sponsored.send({ ...(await signedClaim(terms, 3)), auth: '0x' });
    expect(unsigned).toEqual({ ok: false, failure: { kind: 'reverted', error: 'BadAuth', args: [] } });
    expect(await spent()).toBe(before);
  });

  it('lets one account hold three units, and another as soon as one is delivered', async () => {
    const terms = await posted();
    const holder = privateKeyToAccount(`0x${'0d'.repeat(32)}`);
    for (const unit of [0, 1, 2]) await answered(sponsored.send(await signedClaim(terms, unit, holder)));
    const fourth = await signedClaim(terms, 3, holder);
    expect(await sponsored.send(fourth)).toEqual({ ok: false, failure: { kind: 'sponsor-refused', detail: 'too-many-units' } });
    await answered(sponsored.send(await signedClaim(terms, 4, stranger)));
    await answered(sponsored.send(stagedDelivery(clock, terms, 1, holder.address)));
    await answered(sponsored.send(fourth));
  });

  it('pays for three of five claims that one account sends at once, and keeps no other account waiting for them', async () => {
    const terms = await posted();
    const holder = privateKeyToAccount(`0x${'0f'.repeat(32)}`);
    const claims = await Promise.all([0, 1, 2, 3, 4].map((unit) => signedClaim(terms, unit, holder)));
    const answers = await Promise.all(claims.map((claim) => sponsored.send(claim)));
    const refused = answers.filter(({ ok }) => !ok);
    expect(refused).toHaveLength(2);
    for (const answer of refused) expect(answer).toMatchObject({ failure: { kind: 'sponsor-refused' } });
    const taken = await answered(ledger.read({ read: 'units', task: taskId(clock.chainId, clock.market, terms) }));
    expect(taken.size).toBe(3);

    const stuck: SponsorDeps = {
      ...deps,
      liveClaims: (claimant) => (claimant === holder.address ? new Promise(() => undefined) : deps.liveClaims(claimant)),
    };
    void handleSponsor({ action: 'claim', data: callOf(await signedClaim(terms, 5, holder), network).data }, stuck);
    const other = await signedClaim(terms, 6, privateKeyToAccount(`0x${'10'.repeat(32)}`));
    expect(await handleSponsor({ action: 'claim', data: callOf(other, network).data }, stuck)).toMatchObject({ ok: true });
  });

  it('pays for nothing but claims and deliveries on its market', async () => {
    const terms = await posted();
    const refused = { ok: false, failure: { kind: 'sponsor-refused', detail: expect.any(String) as string } };
    for (const action of [
      { send: 'post', terms },
      { send: 'refund', terms },
      { send: 'publish', kind: 'prooftab/model/1', head: '0x00' },
    ] as const) {
      expect(await sponsored.send(action)).toEqual(refused);
    }
    const { data: claim } = callOf(await signedClaim(terms, 3), network);
    const { data: refund } = callOf({ send: 'refund', terms }, network);
    const allow = encodeFunctionData({ abi: marketAbi, functionName: 'allow', args: [purse.address, true] });
    const transfer = encodeFunctionData({ abi: tokenAbi, functionName: 'transfer', args: [purse.address, 1n] });
    for (const request of [
      null,
      'claim',
      [],
      {},
      { action: 'refund', data: refund },
      { action: 'claim', data: refund },
      { action: 'claim', data: allow },
      { action: 'claim', data: transfer },
      { action: 'settle', data: claim },
      { action: 'claim', data: claim.slice(0, -64) },
      { action: 'claim', data: '0x' },
      { action: 'claim', data: 'claim' },
      { action: 'claim', data: `0x${'00'.repeat(8_193)}` },
    ]) {
      expect(await handleSponsor(request, deps), JSON.stringify(request)?.slice(0, 80)).toEqual(refused);
    }
  });

  it('leaves out whatever follows the call it understood', async () => {
    const terms = await posted();
    const account = privateKeyToAccount(`0x${'0e'.repeat(32)}`);
    const { data } = callOf(await signedClaim(terms, 6, account), network);
    let paidFor = '';
    const wallet: SponsorDeps['wallet'] = { ...deps.wallet, sendCall: (call) => ((paidFor = call.data), deps.wallet.sendCall(call)) };
    expect((await handleSponsor({ action: 'claim', data: `${data}${'ff'.repeat(512)}` }, { ...deps, wallet })).ok).toBe(true);
    expect(paidFor).toBe(data);
  });

  it('that does not answer, or answers nonsense, is a failure and not a crash', async () => {
    const terms = await posted();
    const claim = await signedClaim(terms, 3);
    const through = (fetch: typeof globalThis.fetch) => createSponsoredSender(network, 'http://sponsor/', { fetch }).send(claim);
    expect(await through(() => Promise.reject(new TypeError('fetch failed')))).toMatchObject({ ok: false, failure: { kind: 'chain-down' } });
    expect(await through(() => Promise.resolve(new Response('<html>')))).toMatchObject({ ok: false, failure: { kind: 'chain-down' } });
    for (const answer of [
      {},
      null,
      { ok: true, tx: '0x12' },
      { ok: false, failure: { kind: 'paid' } },
      { ok: false, failure: { kind: 'reverted', error: 'BadAuth', args: [1] } },
    ]) {
      expect(await through(() => Promise.resolve(new Response(JSON.stringify(answer))))).toMatchObject({
        ok: false,
        failure: { kind: 'sponsor-refused' },
      });
    }
  });
});
