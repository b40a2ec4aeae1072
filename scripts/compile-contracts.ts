/** Compiles the contracts with solc from npm, once for each state of their sources: `npx tsx scripts/compile-contracts.ts`. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Abi } from 'viem';
import type { CompiledContract, CompiledContracts } from '../src/consensus/evm/deploy-contracts.ts';

interface SolcAnswer {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[];
  readonly contracts: Readonly<
    Record<string, Readonly<Record<string, { readonly abi: Abi; readonly evm: { readonly bytecode: { readonly object: string } } }>>>
  >;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const read = createRequire(import.meta.url);

/** The same settings as in foundry.toml, so that what is tested is what is deployed. */
const settings = {
  optimizer: { enabled: true, runs: 100_000 },
  evmVersion: 'prague',
  viaIR: true,
  outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } },
};

/** The three contracts, from `.prooftab/contracts/<hash>.json` when these sources were compiled before (6 s otherwise). */
export async function compileContracts(): Promise<CompiledContracts> {
  const sources = Object.fromEntries(
    ['contracts', 'contracts/interfaces']
      .flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`))
      .filter((path) => path.endsWith('.sol'))
      .sort()
      .map((path) => [path, { content: readFileSync(join(root, path), 'utf8') }]),
  );
  const { version } = read('solc/package.json') as { version: string };
  const { version: openZeppelin } = read('@openzeppelin/contracts/package.json') as { version: string };
  const hash = createHash('sha256').update(JSON.stringify({ version, openZeppelin, settings, sources })).digest('hex');
  const folder = join(root, '.prooftab', 'contracts');
  const file = join(folder, `${hash}.json`);
  if (!existsSync(file)) {
    const compiled = await compile(JSON.stringify({ language: 'Solidity', sources, settings }));
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(compiled));
    renameSync(`${file}.${process.pid}`, file);
  }
  return JSON.parse(readFileSync(file, 'utf8')) as CompiledContracts;
}

async function compile(question: string): Promise<CompiledContracts> {
  const { default: solc } = (await import('solc')) as unknown as { default: { compile(input: string, callbacks: object): string } };
  const answer = JSON.parse(solc.compile(question, { import: importFromPackages })) as SolcAnswer;
  const errors = (answer.errors ?? []).filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ formattedMessage }) => formattedMessage).join('\n'));
  const contract = (name: string): CompiledContract => {
    const found = answer.contracts[`contracts/${name}.sol`]?.[name];
    if (found === undefined) throw new Error(`solc compiled no contract named ${name}`);
    return { abi: found.abi, bytecode: `0x${found.evm.bytecode.object}` };
  };
  return { Token: contract('Token'), Registry: contract('Registry'), Market: contract('Market') };
}

function importFromPackages(path: string): { contents: string } | { error: string } {
  try {
    return { contents: readFileSync(read.resolve(path), 'utf8') };
  } catch (reason) {
    return { error: String(reason) };
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const [name, { bytecode }] of Object.entries(await compileContracts()))
    process.stdout.write(`${name}: ${(bytecode.length - 2) / 2} bytes of creation code\n`);
}
