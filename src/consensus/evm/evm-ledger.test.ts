import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestClient, http } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAnvil, type RunningChain } from '../../../devnet/chain.ts';
import { deploy } from '../../../devnet/deploy.ts';
import { advanceChain } from '../../../devnet/time-travel.ts';
import { answered, ledgerSuite, requester, stranger, volunteer } from '../ledger-suite.ts';
import type { LedgerEvent } from '../ledger.ts';
import { stagedBoxKey, stagedDelivery, stagedKey, stagedParts, stagedTerms } from '../staged-task.ts';
import { createEvmLedger } from './evm-ledger.ts';
import { createWalletSender } from './wallet-sender.ts';

ledgerSuite('the ledger on an EVM chain', async () => {
  const chain = await startAnvil();
  const network = await deploy({ rpcUrl: chain.rpcUrl, deployer: requester });
  const senders = new Map([requester, volunteer, stranger].map((account) => [account.address, createWalletSender(network, account)]));
  return {
    as: (account) => createEvmLedger(network, senders.get(account.address) ?? createWalletSender(network, account), { interval: 20 }),
    advance: (seconds) => advanceChain(chain.rpcUrl, seconds),
    close: () => chain.stop(),
  };
});

describe('a chain that goes away and comes back', () => {
  const folder = mkdtempSync(join(tmpdir(), 'prooftab-chain-'));
  const stateFile = join(folder, 'chain.json');
  let chain: RunningChain;
  beforeAll(async () => {
    chain = await startAnvil({ stateFile });
  });
  afterAll(async () => {
    await chain.stop();
    rmSync(folder, { recursive: true });
  });

  it('is reported as down, and watched again where it left off, with nothing lost or told twice', async () => {
    const network = await deploy({ rpcUrl: chain.rpcUrl, deployer: requester });
    const ledger = createEvmLedger(network, createWalletSender(network, requester), { interval: 20, patience: 100 });
    const seen: LedgerEvent[] = [];
    let told: () => void = () => undefined;
    const stop = await ledger.watch((event) => {
      seen.push(event);
      told();
    });
    const events = (count: number) =>
      new Promise<void>((resolve) => {
        told = () => {
          if (seen.length >= count) resolve();
        };
        told();
      });
    await answered(ledger.send({ send: 'register', parts: stagedParts, key: stagedKey }));
    const clock = await answered(ledger.read({ read: 'clock' }));
    const terms = stagedTerms(clock, requester.address);
    await answered(ledger.send({ send: 'post', terms }));
    await events(1);

    await chain.stop();
    for (const result of [await ledger.read({ read: 'tasks' }), await ledger.send({ send: 'refund', terms })]) {
      expect(result).toMatchObject({ ok: false, failure: { kind: 'chain-down' } });
    }
    chain = await startAnvil({ stateFile, port: Number(new URL(chain.rpcUrl).port) });
    await answered(ledger.send({ send: 'claim', terms, unit: 0, boxKey: stagedBoxKey, claimant: requester.address, auth: '0x' }));
    await answered(ledger.send(stagedDelivery(clock, terms, 0, requester.address)));
    await events(3);
    expect(seen.map(({ event }) => event)).toEqual(['posted', 'claimed', 'settled']);
    stop();
  });

  it('may be watched before it is up', async () => {
    const port = Number(new URL(chain.rpcUrl).port);
    const network = await deploy({ rpcUrl: chain.rpcUrl, deployer: requester });
    const ledger = createEvmLedger(network, createWalletSender(network, requester), { interval: 20, patience: 50 });
    await chain.stop();
    let told: (event: LedgerEvent) => void = () => undefined;
    const first = new Promise<LedgerEvent>((resolve) => (told = resolve));
    const stop = await ledger.watch((event) => told(event));
    chain = await startAnvil({ stateFile, port });
    const clock = await answered(ledger.read({ read: 'clock' }));
    await answered(ledger.send({ send: 'register', parts: stagedParts, key: stagedKey }));
    // The watcher may find the chain only now: whichever of these comes after that is told.
    let posting = true;
    const post = async (): Promise<void> => {
      while (posting) await answered(ledger.send({ send: 'post', terms: stagedTerms(clock, requester.address) }));
    };
    const posts = post();
    expect((await first).event).toBe('posted');
    posting = false;
    await posts;
    stop();
  });
});

describe('a chain that is not the development chain', () => {
  it('takes the contracts and refuses a development key, saying why', async () => {
    const chain = await startAnvil({ chainId: 4242 });
    try {
      const network = await deploy({ rpcUrl: chain.rpcUrl, deployer: requester });
      const ledger = createEvmLedger(network, createWalletSender(network, requester));
      expect(await answered(ledger.read({ read: 'clock' }))).toMatchObject({ chainId: 4242, market: network.market });
      for (const flags of [0, 1]) {
        const refused = await ledger.send({ send: 'register', parts: { ...stagedParts, flags }, key: stagedKey });
        expect(refused).toEqual({ ok: false, failure: { kind: 'reverted', error: 'DevelopmentKey', args: [] } });
      }
    } finally {
      await chain.stop();
    }
  });
});

describe('gas, as receipts count it', () => {
  it('stays within the limits that volunteers and requesters are promised', async () => {
    const chain = await startAnvil();
    try {
      const network = await deploy({ rpcUrl: chain.rpcUrl, deployer: requester });
      const tab = privateKeyToAccount(`0x${'0a'.repeat(32)}`);
      const ledger = createEvmLedger(network, createWalletSender(network, requester));
      const own = createEvmLedger(network, createWalletSender(network, tab));
      await answered(ledger.send({ send: 'register', parts: stagedParts, key: stagedKey }));
      const clock = await answered(ledger.read({ read: 'clock' }));
      const terms = stagedTerms(clock, requester.address);
      const posted = await answered(ledger.send({ send: 'post', terms }));
      expect(posted.gas).toBeLessThanOrEqual(100_000n);
      const gas: bigint[] = [];
      for (const unit of [0, 1]) {
        const claimed = await answered(own.send({ send: 'claim', terms, unit, boxKey: stagedBoxKey, claimant: tab.address, auth: '0x' }));
        expect(claimed.gas).toBeLessThanOrEqual(57_000n);
        gas.push((await answered(own.send(stagedDelivery(clock, terms, unit, tab.address)))).gas);
      }
      expect(gas[0]).toBeLessThanOrEqual(303_000n);
      expect(gas[1]).toBeLessThanOrEqual(285_000n);
    } finally {
      await chain.stop();
    }
  });
});

describe('a chain that has mined nothing for a while', () => {
  it('takes a claim for a unit whose lease ended after the last block', async () => {
    const chain = await startAnvil();
    try {
      const network = await deploy({ rpcUrl: chain.rpcUrl, deployer: requester });
      const ledger = createEvmLedger(network, createWalletSender(network, requester));
      await answered(ledger.send({ send: 'register', parts: stagedParts, key: stagedKey }));
      const terms = stagedTerms(await answered(ledger.read({ read: 'clock' })), requester.address);
      await answered(ledger.send({ send: 'post', terms }));
      const claim = { send: 'claim', terms, unit: 0, boxKey: stagedBoxKey, claimant: requester.address, auth: '0x' } as const;
      await answered(ledger.send(claim));
      await createTestClient({ mode: 'anvil', transport: http(chain.rpcUrl) }).increaseTime({ seconds: terms.lease + 1 });
      await answered(ledger.send(claim));
    } finally {
      await chain.stop();
    }
  });
});
