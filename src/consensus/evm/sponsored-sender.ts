/** Hands claims and deliveries to a sponsor, who pays their gas: an account without coins can work. */
import { BaseError } from 'viem';
import { fail, type Result } from '../../protocol/result.ts';
import type { LedgerAction, LedgerFailure, Sent } from '../ledger.ts';
import { callOf } from './call.ts';
import { createChainClient, type EvmNetwork } from './chain-client.ts';
import { attempt } from './failure.ts';
import type { Sender } from './sender.ts';
import { parseSponsorAnswer, type SponsorRequest } from './sponsor-wire.ts';

/** A sponsor answers once the transaction is mined. */
const PATIENCE_MS = 120_000;

export interface SponsoredSenderOptions {
  readonly fetch?: typeof fetch;
}

export function createSponsoredSender(network: EvmNetwork, sponsorUrl: string, options: SponsoredSenderOptions = {}): Sender {
  const client = createChainClient(network);
  const ask = options.fetch ?? fetch;
  return {
    async send(action: LedgerAction): Promise<Result<Sent, LedgerFailure>> {
      if (action.send !== 'claim' && action.send !== 'settle') return fail({ kind: 'sponsor-refused', detail: 'not-sponsored' });
      const request: SponsorRequest = { action: action.send, data: callOf(action, network).data };
      const answer = await askSponsor(ask, sponsorUrl, request);
      if (!answer.ok) return answer;
      return attempt(async () => {
        const receipt = await client.waitForTransactionReceipt({ hash: answer.value, timeout: PATIENCE_MS });
        if (receipt.status !== 'success') throw new BaseError('sponsored-call-failed');
        return { tx: answer.value, gas: receipt.gasUsed, block: Number(receipt.blockNumber) };
      });
    },
  };
}

async function askSponsor(ask: typeof fetch, url: string, request: SponsorRequest): Promise<ReturnType<typeof parseSponsorAnswer>> {
  try {
    const response = await ask(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return parseSponsorAnswer(await response.json());
  } catch {
    // The sponsor stands beside the chain: silence from it is silence from the chain, and worth another try.
    return fail({ kind: 'chain-down', detail: 'sponsor-silent' });
  }
}
