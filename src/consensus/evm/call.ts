/** A ledger action as the call that carries it: where to, which bytes, and how much gas to send along. */
import { encodeFunctionData, size, zeroAddress } from 'viem';
import type { Hex } from '../../protocol/bytes.ts';
import type { Address } from '../../protocol/ids.ts';
import type { Terms } from '../../protocol/terms.ts';
import type { LedgerAction } from '../ledger.ts';
import { marketAbi, registryAbi } from './abi.ts';
import type { EvmNetwork } from './chain-client.ts';
import { kindHash } from './read-heads.ts';

export interface Call {
  /** Null creates a contract. */
  readonly to: Address | null;
  readonly data: Hex;
  /**
   * A limit, not a price: what is not used is not paid. Estimates are not asked for, since some endpoints guess far too
   * low for a pairing and the proof would fail for want of gas alone. The figures behind these are in contracts/snapshots/gas.json.
   */
  readonly gas: bigint;
}

/** A gate may use 60,000 gas when a claim ends, and its own when one begins. */
const GATE_GAS = 400_000n;

/** As many units as the market lets a gated task have; with more, one refund would pass what EIP-7825 lets a transaction use. */
const MAX_GATED_UNITS = 200;

/** A refund tells the gate of every lapsed claim, each by a read and a call. */
function gateToldOfAll({ gate, units }: Terms): bigint {
  return gate === zeroAddress ? 0n : 70_000n * BigInt(Math.min(units, MAX_GATED_UNITS));
}

export function callOf(action: LedgerAction, network: Pick<EvmNetwork, 'market' | 'registry'>): Call {
  switch (action.send) {
    case 'post':
      return { to: network.market, gas: 250_000n, data: encodeFunctionData({ abi: marketAbi, functionName: 'post', args: [action.terms] }) };
    case 'claim':
      return {
        to: network.market,
        gas: 150_000n + GATE_GAS,
        data: encodeFunctionData({
          abi: marketAbi,
          functionName: 'claim',
          args: [action.terms, action.unit, action.boxKey, action.claimant, action.auth],
        }),
      };
    case 'settle':
      return {
        to: network.market,
        gas: 500_000n + GATE_GAS + 3_000n * BigInt(action.values.length + action.path.length),
        data: encodeFunctionData({
          abi: marketAbi,
          functionName: 'settle',
          args: [action.terms, action.unit, action.values, action.path, action.evidence],
        }),
      };
    case 'refund':
      return {
        to: network.market,
        gas: 200_000n + gateToldOfAll(action.terms),
        data: encodeFunctionData({ abi: marketAbi, functionName: 'refund', args: [action.terms] }),
      };
    case 'register':
      return {
        to: network.registry,
        gas: 1_500_000n,
        data: encodeFunctionData({ abi: registryAbi, functionName: 'register', args: [action.parts, action.key] }),
      };
    case 'publish':
      return {
        to: network.registry,
        gas: 100_000n + 60n * BigInt(size(action.head)),
        data: encodeFunctionData({ abi: registryAbi, functionName: 'publish', args: [kindHash(action.kind), action.head] }),
      };
  }
}
