/** The sponsor: pays the gas of claims and deliveries on one market, for accounts that hold no coins. */
import { BaseError, decodeFunctionData } from 'viem';
import { marketAbi } from '../src/consensus/evm/abi.ts';
import { callOf } from '../src/consensus/evm/call.ts';
import { createChainClient, type EvmNetwork } from '../src/consensus/evm/chain-client.ts';
import { attempt } from '../src/consensus/evm/failure.ts';
import { readLiveClaims } from '../src/consensus/evm/read-live-claims.ts';
import { parseSponsorRequest, type SponsorAnswer, type SponsorRequest } from '../src/consensus/evm/sponsor-wire.ts';
import { termsFromChain } from '../src/consensus/evm/terms-from-chain.ts';
import type { WalletSender } from '../src/consensus/evm/wallet-sender.ts';
import type { LedgerAction, LedgerFailure } from '../src/consensus/ledger.ts';
import type { Address } from '../src/protocol/ids.ts';
import type { Result } from '../src/protocol/result.ts';
import { createTurns, type Turns } from './turns.ts';

/** Units that one account may hold at once at the sponsor's expense, so that a visitor cannot sit on all the work. */
const MAX_LIVE_CLAIMS = 3;

export interface SponsorDeps {
  readonly network: EvmNetwork;
  /** Pays. It asks the chain first whether a call would succeed, and spends nothing on one that would not. */
  readonly wallet: WalletSender;
  /** How many units an account holds now. */
  readonly liveClaims: (claimant: Address) => Promise<Result<number, LedgerFailure>>;
  /** By claimant: a claim is counted only once it is mined, so the next of the same account must not be looked at before. */
  readonly turns: Turns;
}

export function sponsorDeps(network: EvmNetwork, wallet: WalletSender): SponsorDeps {
  const client = createChainClient(network);
  return { network, wallet, liveClaims: (claimant) => attempt(() => readLiveClaims(client, network, claimant)), turns: createTurns() };
}

/**
 * Never throws at what a stranger sends: every refusal is an answer.
 * @param json what was posted, not yet looked at
 */
export async function handleSponsor(json: unknown, deps: SponsorDeps): Promise<SponsorAnswer> {
  const request = parseSponsorRequest(json);
  if (!request.ok) return request;
  const action = actionOf(request.value);
  if (action === null) return refuse('not-the-call');
  return action.send === 'claim' ? deps.turns(action.claimant.toLowerCase(), () => payForClaim(action, deps)) : pay(action, deps);
}

async function payForClaim(claim: Extract<SponsoredAction, { readonly send: 'claim' }>, deps: SponsorDeps): Promise<SponsorAnswer> {
  const live = await deps.liveClaims(claim.claimant);
  if (!live.ok) return live;
  if (live.value >= MAX_LIVE_CLAIMS) return refuse('too-many-units');
  return pay(claim, deps);
}

async function pay(action: SponsoredAction, deps: SponsorDeps): Promise<SponsorAnswer> {
  // Encoded again from what was understood, so that nothing else is paid for.
  const sent = await deps.wallet.sendCall(callOf(action, deps.network));
  return sent.ok ? { ok: true, tx: sent.value.tx } : sent;
}

type SponsoredAction = Extract<LedgerAction, { readonly send: 'claim' | 'settle' }>;

function actionOf({ action, data }: SponsorRequest): SponsoredAction | null {
  try {
    const call = decodeFunctionData({ abi: marketAbi, data });
    if (call.functionName === 'claim' && action === 'claim') {
      const [terms, unit, boxKey, claimant, auth] = call.args;
      return { send: 'claim', terms: termsFromChain(terms), unit, boxKey, claimant, auth };
    }
    if (call.functionName === 'settle' && action === 'settle') {
      const [terms, unit, values, path, evidence] = call.args;
      return { send: 'settle', terms: termsFromChain(terms), unit, values, path, evidence };
    }
    return null;
  } catch (error) {
    if (error instanceof BaseError || error instanceof RangeError) return null;
    throw error;
  }
}

/** @param detail a code, which whoever asked puts into words */
function refuse(detail: string): SponsorAnswer {
  return { ok: false, failure: { kind: 'sponsor-refused', detail } };
}
