/** Composes the check for the command line: a file, the snarkjs verifier, and a chain where one was named. */
import { readFile } from 'node:fs/promises';
import type { ServedNetwork } from '../src/consensus/evm/chain-client.ts';
import type { Ledger } from '../src/consensus/ledger.ts';
import { checkReceiptFile, type NotAReceipt } from '../src/proof/check-receipt.ts';
import { snarkjsVerifier } from '../src/proof/groth16/snarkjs-verifier.ts';
import type { ReceiptCheck } from '../src/proof/receipt-check/findings.ts';
import { isHex } from '../src/protocol/bytes.ts';
import { fail, ok, type Result } from '../src/protocol/result.ts';

export type VerifyFailure =
  | NotAReceipt
  | { readonly kind: 'unreadable'; readonly file: string; readonly detail: string }
  | { readonly kind: 'rpc-without-deployment' }
  | { readonly kind: 'not-a-deployment'; readonly file: string };

export interface ChainOptions {
  readonly rpc?: string | undefined;
  readonly deployment?: string | undefined;
}

export async function verifyFile(file: string, chain: ChainOptions): Promise<Result<ReceiptCheck, VerifyFailure>> {
  const bytes = await read(file);
  if (!bytes.ok) return bytes;
  const ledger = await ledgerOf(chain);
  if (!ledger.ok) return ledger;
  return checkReceiptFile(bytes.value, { verifier: snarkjsVerifier, ...(ledger.value === null ? {} : { ledger: ledger.value }) });
}

async function ledgerOf({ rpc, deployment }: ChainOptions): Promise<Result<Ledger | null, VerifyFailure>> {
  if (deployment === undefined) return rpc === undefined ? ok(null) : fail({ kind: 'rpc-without-deployment' });
  const bytes = await read(deployment);
  if (!bytes.ok) return bytes;
  const network = networkIn(new TextDecoder().decode(bytes.value));
  if (network === null) return fail({ kind: 'not-a-deployment', file: deployment });
  const { createEvmLedger } = await import('../src/consensus/evm/evm-ledger.ts');
  return ok(
    createEvmLedger(
      { ...network, rpcUrl: rpc ?? network.rpcUrl },
      { send: () => Promise.resolve(fail({ kind: 'sponsor-refused', detail: 'read-only' })) },
    ),
  );
}

/** The part of a deployment file that reading a chain needs. */
function networkIn(text: string): ServedNetwork | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null) return null;
  const { chainId, rpcUrl, token, registry, market, fromBlock } = parsed as Record<string, unknown>;
  if (typeof chainId !== 'number' || typeof rpcUrl !== 'string' || typeof fromBlock !== 'number') return null;
  if (!isHex(token, 20) || !isHex(registry, 20) || !isHex(market, 20)) return null;
  return { chainId, rpcUrl, token, registry, market, fromBlock };
}

async function read(file: string): Promise<Result<Uint8Array, VerifyFailure>> {
  try {
    return ok(await readFile(file));
  } catch (error) {
    return fail({ kind: 'unreadable', file, detail: error instanceof Error ? error.message : String(error) });
  }
}
