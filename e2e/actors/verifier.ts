/** Someone who was handed a receipt and trusts nobody: checks it with the command, in a process of its own. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { REPOSITORY } from '../../devnet/app-build.ts';
import { readReceipt } from '../../src/proof/check-receipt.ts';
import type { Deployment } from '../../src/protocol/deployment.ts';
import { digestOf } from '../../src/protocol/domain.ts';
import type { Receipt } from '../../src/protocol/receipt.ts';
import { receiptToJson } from '../../src/protocol/receipt-view.ts';

export interface Verdict {
  readonly holds: boolean;
  readonly said: string;
}

const run = promisify(execFile);
const BROKEN = 1;

/** In full, by `prooftab verify`: offline, or asking the chain that a deployment describes. */
export async function verifies(receipt: Uint8Array, deployment?: Deployment): Promise<Verdict> {
  return inFolder(async (folder) => {
    const file = path.join(folder, 'receipt.json');
    await writeFile(file, receipt);
    const described = path.join(folder, 'deployment.json');
    if (deployment) await writeFile(described, JSON.stringify(deployment));
    return verdictOf(path.join(REPOSITORY, 'bin/prooftab.js'), ['verify', file, ...(deployment ? ['--deployment', described] : [])]);
  });
}

/** The equation alone, by plain `snarkjs groth16 verify`, from the three parts in the receipt's JSON view. */
export async function snarkjsVerifies(receipt: Uint8Array): Promise<Verdict> {
  const { snarkjs } = JSON.parse(new TextDecoder().decode(receipt)) as {
    readonly snarkjs: Readonly<Record<'proof' | 'publicSignals' | 'vkey', unknown>>;
  };
  return inFolder(async (folder) => {
    const files = (['vkey', 'publicSignals', 'proof'] as const).map((part) => path.join(folder, `${part}.json`));
    await Promise.all((['vkey', 'publicSignals', 'proof'] as const).map((part, i) => writeFile(files[i] ?? '', JSON.stringify(snarkjs[part]))));
    return verdictOf(path.join(REPOSITORY, 'node_modules/.bin/snarkjs'), ['groth16', 'verify', ...files]);
  });
}

/**
 * The same receipt, claiming that the first image shows another digit, by someone who knows the format: the digest, the id and
 * what snarkjs reads are computed anew, so that nothing but the proof itself contradicts it.
 */
export function withOneAnswerChanged(receipt: Uint8Array): Uint8Array {
  const read = readReceipt(receipt);
  if (!read.ok) throw new Error(`the volunteer saved no receipt: ${read.failure.kind}`);
  const [input = 0n, answers = 0n] = read.value.statement.values;
  const first = answers & 15n;
  const values = [input, answers - first + ((first + 1n) % 10n)];
  return jsonFile({ ...read.value, statement: { ...read.value.statement, values, digest: digestOf(values) } });
}

/** The same receipt, whose file names another id beside it. */
export function withAnotherIdBeside(receipt: Uint8Array): Uint8Array {
  const view = JSON.parse(new TextDecoder().decode(receipt)) as object;
  return new TextEncoder().encode(JSON.stringify({ ...view, id: `0x${'00'.repeat(32)}` }));
}

/** Which unit of which task a receipt is for. */
export function unitOf(receipt: Uint8Array): string {
  const read = readReceipt(receipt);
  if (!read.ok) throw new Error(`the volunteer saved no receipt: ${read.failure.kind}`);
  return `${read.value.statement.subject}/${read.value.statement.unit}`;
}

const jsonFile = (receipt: Receipt): Uint8Array => new TextEncoder().encode(JSON.stringify(receiptToJson(receipt)));

async function verdictOf(program: string, args: readonly string[]): Promise<Verdict> {
  try {
    const { stdout } = await run(process.execPath, [program, ...args]);
    return { holds: true, said: stdout };
  } catch (thrown) {
    const { code, stdout, stderr } = thrown as { readonly code?: unknown; readonly stdout?: string; readonly stderr?: string };
    // 1 says that it is broken. A command that could not run, or could not read the file, gave no verdict.
    if (code !== BROKEN) throw thrown;
    return { holds: false, said: `${stdout ?? ''}${stderr ?? ''}` };
  }
}

async function inFolder<Value>(use: (folder: string) => Promise<Value>): Promise<Value> {
  const folder = await mkdtemp(path.join(tmpdir(), 'prooftab-verifier-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
