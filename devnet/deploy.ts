/** Puts the three contracts on a chain, or finds the ones that an earlier run put there. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { concatHex, type LocalAccount, type PublicClient } from 'viem';
import { startFaults } from '../messages/en/terminal.ts';
import { compileContracts } from '../scripts/compile-contracts.ts';
import { createChainClient, type EvmContracts, type ServedNetwork } from '../src/consensus/evm/chain-client.ts';
import { deployContracts } from '../src/consensus/evm/deploy-contracts.ts';
import { fromHex, isHex, type Hex } from '../src/protocol/bytes.ts';
import { DEVELOPMENT_POINTS_HASH } from '../src/protocol/development-key.ts';
import { sha256 } from '../src/protocol/sha256.ts';

export interface DeployOptions {
  readonly rpcUrl: string;
  /** Owns the market's list of modules, and holds the whole supply of the token. */
  readonly deployer: LocalAccount;
  /** Where the addresses are kept between runs. */
  readonly addressFile?: string;
}

/** @throws when the chain does not answer or refuses a transaction: without contracts there is nothing to go on with. */
export async function deploy(options: DeployOptions): Promise<ServedNetwork> {
  const { rpcUrl } = options;
  const client = createChainClient({ rpcUrl });
  const compiled = await compileContracts();
  // A changed contract is a new deployment: nothing is upgraded in place.
  const code = sha256(fromHex(concatHex([compiled.Token.bytecode, compiled.Registry.bytecode, compiled.Market.bytecode, DEVELOPMENT_POINTS_HASH])));
  const known = options.addressFile === undefined ? null : readContracts(options.addressFile, await client.getChainId(), code);
  if (known !== null && (await standing(client, known))) return { ...known, rpcUrl };

  const deployed = await deployContracts({ rpcUrl }, compiled, options.deployer);
  if (!deployed.ok) throw new Error(startFaults.notDeployed(JSON.stringify(deployed.failure)));
  if (options.addressFile !== undefined) {
    mkdirSync(dirname(options.addressFile), { recursive: true });
    writeFileSync(options.addressFile, `${JSON.stringify({ code, ...deployed.value }, null, 2)}\n`);
  }
  return { ...deployed.value, rpcUrl };
}

async function standing(client: PublicClient, { token, registry, market }: EvmContracts): Promise<boolean> {
  const codes = await Promise.all([token, registry, market].map((address) => client.getCode({ address })));
  return codes.every((code) => code !== undefined);
}

/** Null when the file is missing, unreadable, or about another chain or other contracts. */
function readContracts(file: string, chainId: number, code: Hex): EvmContracts | null {
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
  return { chainId, token, registry, market, fromBlock: Number(fromBlock) };
}
