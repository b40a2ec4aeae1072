/** Puts the three contracts on a chain, from wherever that can be reached: a page, or a program. */
import { BaseError, encodeDeployData, encodeFunctionData, zeroAddress, type Abi, type LocalAccount } from 'viem';
import type { Hex } from '../../protocol/bytes.ts';
import { DEVELOPMENT_POINTS_HASH } from '../../protocol/development-key.ts';
import type { Address } from '../../protocol/ids.ts';
import { ok, type Result } from '../../protocol/result.ts';
import type { LedgerFailure } from '../ledger.ts';
import { marketAbi } from './abi.ts';
import { createChainClient, type ChainConnection, type EvmContracts } from './chain-client.ts';
import { attempt } from './failure.ts';
import { createWalletSender } from './wallet-sender.ts';

export interface CompiledContract {
  readonly abi: Abi;
  /** Creation code, before its constructor arguments. */
  readonly bytecode: Hex;
}

export type CompiledContracts = Readonly<Record<'Token' | 'Registry' | 'Market', CompiledContract>>;

/** @param deployer owns the market's list of modules, and holds the whole supply of the token */
export async function deployContracts(
  chain: ChainConnection,
  compiled: CompiledContracts,
  deployer: LocalAccount,
): Promise<Result<EvmContracts, LedgerFailure>> {
  const client = createChainClient(chain);
  const start = await attempt(async () => ({ chainId: await client.getChainId(), fromBlock: Number(await client.getBlockNumber()) }));
  if (!start.ok) return start;
  const sender = createWalletSender({ ...chain, ...start.value, token: zeroAddress, registry: zeroAddress, market: zeroAddress }, deployer);
  const create = async (contract: CompiledContract, args: readonly unknown[]): Promise<Result<Address, LedgerFailure>> => {
    const sent = await sender.sendCall({ to: null, data: encodeDeployData({ ...contract, args }), gas: 8_000_000n });
    if (!sent.ok) return sent;
    return attempt(async () => {
      const { contractAddress } = await client.getTransactionReceipt({ hash: sent.value.tx });
      if (!contractAddress) throw new BaseError(`transaction ${sent.value.tx} created no contract`);
      return contractAddress;
    });
  };
  const token = await create(compiled.Token, []);
  if (!token.ok) return token;
  const registry = await create(compiled.Registry, [DEVELOPMENT_POINTS_HASH]);
  if (!registry.ok) return registry;
  const market = await create(compiled.Market, [token.value, registry.value]);
  if (!market.ok) return market;
  const allow = encodeFunctionData({ abi: marketAbi, functionName: 'allow', args: [registry.value, true] });
  const allowed = await sender.sendCall({ to: market.value, data: allow, gas: 100_000n });
  if (!allowed.ok) return allowed;
  return ok({ ...start.value, token: token.value, registry: registry.value, market: market.value });
}
