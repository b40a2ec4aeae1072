/** Puts the three contracts on a chain, or finds the ones that an earlier run put there. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { concatHex, encodeDeployData, encodeFunctionData, type LocalAccount, type PublicClient } from 'viem';
import { startFaults } from '../messages/en/terminal.ts';
import { compileContracts, type CompiledContract, type CompiledContracts } from '../scripts/compile-contracts.ts';
import { marketAbi } from '../src/consensus/evm/abi.ts';
import type { Call } from '../src/consensus/evm/call.ts';
import { createChainClient, type EvmNetwork } from '../src/consensus/evm/chain-client.ts';
import { createWalletSender, type WalletSender } from '../src/consensus/evm/wallet-sender.ts';
import { fromHex, isHex, type Hex } from '../src/protocol/bytes.ts';
import { developmentPoints } from '../src/protocol/development-key.ts';
import type { Address } from '../src/protocol/ids.ts';
import { sha256 } from '../src/protocol/sha256.ts';
import type { Sent } from '../src/consensus/ledger.ts';

export interface DeployOptions {
  readonly rpcUrl: string;
  /** Owns the market's list of modules, and holds the whole supply of the token. */
  readonly deployer: LocalAccount;
  /** Where the addresses are kept between runs. */
  readonly addressFile?: string;
}

/** The registry refuses keys with these points off chain 31337: their secrets are public. */
const hashOfPoints = sha256(developmentPoints());

/** @throws when the chain does not answer or refuses a transaction: without contracts there is nothing to go on with. */
export async function deploy(options: DeployOptions): Promise<EvmNetwork> {
  const client = createChainClient(options.rpcUrl);
  const chainId = await client.getChainId();
  const compiled = await compileContracts();
  // A changed contract is a new deployment: nothing is upgraded in place.
  const code = sha256(fromHex(concatHex([compiled.Token.bytecode, compiled.Registry.bytecode, compiled.Market.bytecode, hashOfPoints])));
  const known = options.addressFile === undefined ? null : readAddresses(options.addressFile, chainId, code);
  if (known !== null && (await standing(client, known))) return { ...known, chainId, rpcUrl: options.rpcUrl };

  const fromBlock = Number(await client.getBlockNumber());
  const addresses = await deployAll(client, chainId, compiled, options);
  const network = { ...addresses, fromBlock };
  if (options.addressFile !== undefined) {
    mkdirSync(dirname(options.addressFile), { recursive: true });
    writeFileSync(options.addressFile, `${JSON.stringify({ chainId, code, ...network }, null, 2)}\n`);
  }
  return { ...network, chainId, rpcUrl: options.rpcUrl };
}

type Addresses = Pick<EvmNetwork, 'token' | 'registry' | 'market'>;

async function deployAll(
  client: PublicClient,
  chainId: number,
  compiled: CompiledContracts,
  { rpcUrl, deployer }: DeployOptions,
): Promise<Addresses> {
  const nowhere: Address = '0x0000000000000000000000000000000000000000';
  const sender = createWalletSender({ chainId, rpcUrl, token: nowhere, registry: nowhere, market: nowhere, fromBlock: 0 }, deployer);
  const create = async (contract: CompiledContract, args: readonly unknown[]): Promise<Address> => {
    const { tx } = await sent(sender, { to: null, data: encodeDeployData({ ...contract, args }), gas: 8_000_000n });
    const { contractAddress } = await client.getTransactionReceipt({ hash: tx });
    if (!contractAddress) throw new Error(`transaction ${tx} created no contract`);
    return contractAddress;
  };
  const token = await create(compiled.Token, []);
  const registry = await create(compiled.Registry, [hashOfPoints]);
  const market = await create(compiled.Market, [token, registry]);
  await sent(sender, { to: market, data: encodeFunctionData({ abi: marketAbi, functionName: 'allow', args: [registry, true] }), gas: 100_000n });
  return { token, registry, market };
}

async function sent(sender: WalletSender, call: Call): Promise<Sent> {
  const result = await sender.sendCall(call);
  if (!result.ok) throw new Error(startFaults.notDeployed(JSON.stringify(result.failure)));
  return result.value;
}

async function standing(client: PublicClient, { token, registry, market }: Addresses): Promise<boolean> {
  const codes = await Promise.all([token, registry, market].map((address) => client.getCode({ address })));
  return codes.every((code) => code !== undefined);
}

/** Null when the file is missing, unreadable, or about another chain or other contracts. */
function readAddresses(file: string, chainId: number, code: Hex): (Addresses & { readonly fromBlock: number }) | null {
  if (!existsSync(file)) return null;
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
  if (typeof json !== 'object' || json === null) return null;
  const { token, registry, market, fromBlock, ...about } = json as Readonly<Record<string, unknown>>;
  if (about.chainId !== chainId || about.code !== code) return null;
  if (!isHex(token, 20) || !isHex(registry, 20) || !isHex(market, 20) || !Number.isSafeInteger(fromBlock)) return null;
  return { token, registry, market, fromBlock: Number(fromBlock) };
}
