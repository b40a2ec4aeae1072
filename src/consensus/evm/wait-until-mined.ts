/** From a transaction's hash to the block it is in, or to the reason for which it failed there. */
import { BaseError, type PublicClient } from 'viem';
import type { Hex } from '../../protocol/bytes.ts';
import type { Address } from '../../protocol/ids.ts';
import type { Sent } from '../ledger.ts';
import type { Call } from './call.ts';

/** After two minutes the chain counts as down; the transaction may still be mined, and the ledger will then say so. */
const PATIENCE_MS = 120_000;

export async function waitUntilMined(client: PublicClient, tx: Hex, call: Call & { readonly account: Address }): Promise<Sent> {
  const receipt = await client.waitForTransactionReceipt({ hash: tx, timeout: PATIENCE_MS });
  if (receipt.status === 'success') return { tx, gas: receipt.gasUsed, block: Number(receipt.blockNumber) };
  // A receipt does not say why: the same call on the same block does, by throwing the contract's error.
  await client.call({ ...call, blockNumber: receipt.blockNumber });
  throw new BaseError(`transaction ${tx} failed, and would succeed now`);
}
