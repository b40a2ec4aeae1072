/** Sends from an account of one's own: asks the chain first whether the call would succeed, then signs, sends and waits. */
import { encodeFunctionData, type LocalAccount, type PublicClient } from 'viem';
import type { Result } from '../../protocol/result.ts';
import type { Terms } from '../../protocol/terms.ts';
import type { LedgerAction, LedgerFailure, Sent } from '../ledger.ts';
import { tokenAbi } from './abi.ts';
import { callOf, type Call } from './call.ts';
import { createChainClient, type EvmNetwork } from './chain-client.ts';
import { attempt } from './failure.ts';
import type { Sender } from './sender.ts';
import { waitUntilMined } from './wait-until-mined.ts';

export interface WalletSender extends Sender {
  /** Any other call: a sponsor's, a deployment's. */
  sendCall(call: Call): Promise<Result<Sent, LedgerFailure>>;
}

export function createWalletSender(network: EvmNetwork, account: LocalAccount): WalletSender {
  const client = createChainClient(network);
  // One at a time, so that no two transactions take the same nonce.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (step: () => Promise<Sent>): Promise<Result<Sent, LedgerFailure>> => {
    const turn = last.then(() => attempt(step));
    last = turn.catch(() => undefined);
    return turn;
  };
  return {
    sendCall: (call) => inTurn(() => sendAndWait(client, network.chainId, account, call)),
    send: (action: LedgerAction) =>
      inTurn(async () => {
        if (action.send === 'post') await approveEscrow(client, network, account, action.terms);
        return sendAndWait(client, network.chainId, account, callOf(action, network));
      }),
  };
}

async function sendAndWait(client: PublicClient, chainId: number, account: LocalAccount, call: Call): Promise<Sent> {
  // As the next block would see it: a lease that ended after the last block is over.
  await client.call({ account: account.address, blockTag: 'pending', ...call });
  const nonce = await client.getTransactionCount({ address: account.address, blockTag: 'pending' });
  const { baseFeePerGas } = await client.getBlock();
  // A chain whose gas is free takes transactions from accounts that hold no coins, as long as they offer none. Its base
  // fee says so; anvil's eth_gasPrice does not.
  const fees =
    baseFeePerGas === 0n ? { type: 'legacy' as const, gasPrice: 0n } : { type: 'eip1559' as const, ...(await client.estimateFeesPerGas()) };
  const serializedTransaction = await account.signTransaction({ ...call, ...fees, chainId, nonce });
  const tx = await client.sendRawTransaction({ serializedTransaction });
  return waitUntilMined(client, tx, { account: account.address, ...call });
}

/** The market takes the escrow with `transferFrom`; it is allowed exactly what this task needs. */
async function approveEscrow(client: PublicClient, network: EvmNetwork, account: LocalAccount, terms: Terms): Promise<void> {
  const escrow = (terms.price + terms.ownerPrice) * BigInt(terms.units);
  const allowed = await client.readContract({
    address: network.token,
    abi: tokenAbi,
    functionName: 'allowance',
    args: [account.address, network.market],
  });
  if (allowed >= escrow) return;
  const data = encodeFunctionData({ abi: tokenAbi, functionName: 'approve', args: [network.market, escrow] });
  await sendAndWait(client, network.chainId, account, { to: network.token, data, gas: 100_000n });
}
