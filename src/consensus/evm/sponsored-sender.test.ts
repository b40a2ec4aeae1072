import { afterEach, expect, it, vi } from 'vitest';
import { stagedTerms } from '../staged-task.ts';
import { createSponsoredSender } from './sponsored-sender.ts';

const address = `0x${'44'.repeat(20)}` as const;
const clock = { chainId: 31337, block: 7, time: 0, market: address, registry: address, token: address };
const network = { rpcUrl: 'http://127.0.0.1:1', chainId: 31337, market: address, registry: address, token: address, fromBlock: 0 };

interface Question {
  readonly id: number;
  readonly method: string;
}

const claim = () =>
  ({ send: 'claim', terms: stagedTerms(clock, address), unit: 0, boxKey: `0x${'0b'.repeat(32)}`, claimant: address, auth: '0x' }) as const;

afterEach(() => void vi.unstubAllGlobals());

it('asks a sponsor for nothing but claims and deliveries', async () => {
  const fetch = vi.fn<typeof globalThis.fetch>();
  const sender = createSponsoredSender(network, 'http://127.0.0.1:1/sponsor', { fetch });
  const terms = stagedTerms(clock, address);
  for (const send of ['post', 'refund'] as const)
    expect(await sender.send({ send, terms })).toEqual({ ok: false, failure: { kind: 'sponsor-refused', detail: 'not-sponsored' } });
  expect(fetch).not.toHaveBeenCalled();
});

it('counts a sponsor that is silent as a chain that is down: its claim may be tried again', async () => {
  const sender = createSponsoredSender(network, 'http://127.0.0.1:1/sponsor', { fetch: () => Promise.reject(new TypeError('Failed to fetch')) });
  expect(await sender.send(claim())).toEqual({
    ok: false,
    failure: { kind: 'chain-down', detail: 'sponsor-silent' },
  });
});

it('takes no transaction for a claim that failed in its block', async () => {
  const tx = `0x${'ab'.repeat(32)}`;
  const receipt = { transactionHash: tx, blockHash: tx, blockNumber: '0x7', transactionIndex: '0x0', from: address, to: address, status: '0x0' };
  const mined = { ...receipt, cumulativeGasUsed: '0x5208', gasUsed: '0x5208', effectiveGasPrice: '0x0', logs: [], logsBloom: '0x', type: '0x2' };
  const answers: Readonly<Record<string, unknown>> = { eth_blockNumber: '0x7', eth_getTransactionReceipt: mined };
  vi.stubGlobal('fetch', async (_url: unknown, { body }: { readonly body: string }) => {
    const asked = JSON.parse(body) as Question | Question[];
    const answered = [asked].flat().map(({ id, method }) => ({ jsonrpc: '2.0', id, result: answers[method] }));
    return Response.json(Array.isArray(asked) ? answered : answered[0]);
  });
  const sender = createSponsoredSender(network, 'http://127.0.0.1:1/sponsor', { fetch: async () => Response.json({ ok: true, tx }) });
  expect(await sender.send(claim())).toEqual({ ok: false, failure: { kind: 'chain-down', detail: 'sponsored-call-failed' } });
});
