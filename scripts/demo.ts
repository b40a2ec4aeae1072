/**
 * `npm run demo -- --tasks 3 [--json]`: the embedded network, and a real headless browser that is driven through the page like
 * a person. Each paid unit's receipt is saved, checked in full by `prooftab verify` and once more by plain snarkjs; a copy
 * with one changed answer must fail. `--json` prints one object on stdout and nothing else; progress then goes to stderr.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { APP_FOLDER, REPOSITORY, ensureApp } from '../devnet/app-build.ts';
import { keysFolder } from '../devnet/network-keys.ts';
import { startNetwork, type Network } from '../devnet/network.ts';
import { whenOrphaned } from '../devnet/when-orphaned.ts';
import { Custodian } from '../e2e/actors/custodian.ts';
import { snarkjsVerifies, verifies, withOneAnswerChanged } from '../e2e/actors/verifier.ts';
import { Volunteer } from '../e2e/actors/volunteer.ts';
import { startChromium } from '../e2e/fixtures/chromium.ts';
import { PrivateBytes } from '../e2e/fixtures/private-bytes.ts';
import { UnitClock } from '../e2e/fixtures/unit-clock.ts';
import { demoWords } from '../messages/en/terminal.ts';

interface DemoUnit {
  readonly claimToPaidSeconds: number;
  readonly proveSeconds: number;
  readonly gasSettle: number;
  readonly constraints: number;
  readonly receiptFile: string;
}

export interface DemoResult {
  readonly readySeconds: number;
  readonly paid: number;
  readonly units: readonly DemoUnit[];
  readonly tamperedRejected: boolean;
  readonly transport: 'webrtc' | 'relay';
  /**
   * Measured, not assumed: everything the page handed to the browser to send (bodies and URLs of requests, WebSocket frames,
   * data channel messages) was searched for every telling 16-byte window of the dataset's opened rows and shard keys, which
   * the devnet's custodian knows; this counts the bytes found. See e2e/fixtures/private-bytes.ts for what a window must hold.
   * The account's secret is not known to anyone but the tab and cannot be searched for.
   */
  readonly privateBytesSent: number;
}

const RECEIPTS = path.join(REPOSITORY, '.prooftab', 'receipts');

async function demo(tasks: number, tell: (line: string) => void): Promise<DemoResult> {
  const began = performance.now();
  const home = await mkdtemp(path.join(tmpdir(), 'prooftab-demo-'));
  try {
    const starting = startNetwork({ home, keys: keysFolder(), app: APP_FOLDER, ports: 'free', tell });
    // The app is built in a process of its own, beside the network's start.
    await ensureApp(tell);
    const network = await starting;
    const readySeconds = secondsSince(began);
    tell(demoWords.ready(readySeconds, network.url));
    try {
      return { readySeconds, ...(await volunteers(network, tasks, tell)) };
    } finally {
      await network.stop();
    }
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function volunteers(network: Network, tasks: number, tell: (line: string) => void): Promise<Omit<DemoResult, 'readySeconds'>> {
  const chromium = await startChromium();
  try {
    const volunteer = await Volunteer.arrives(await chromium.newContext(), network.url);
    const sent = await volunteer.isListenedTo();
    const clock = await UnitClock.start(network);
    await mkdir(RECEIPTS, { recursive: true });
    const told: { readonly receipt: Uint8Array; readonly constraints: number; readonly proveSeconds: number }[] = [];
    let direct = true;
    await volunteer.contributes();
    // What the page tells of a unit is there until the next one begins: nothing else is done meanwhile.
    for (let paid = 1; paid <= tasks; paid++) {
      await volunteer.isPaid(paid);
      const facts = await volunteer.proofFacts();
      direct &&= (await volunteer.shardSource()).direct;
      told.push({ ...facts, receipt: await volunteer.savesReceipt() });
    }
    await volunteer.stops();
    const units: DemoUnit[] = [];
    let tamperedRejected = true;
    for (const { receipt, ...facts } of told) {
      const receiptFile = path.join(RECEIPTS, nameOf(receipt));
      await writeFile(receiptFile, receipt);
      await insist('prooftab verify', verifies(receipt, network.deployment), true, tell);
      await insist('snarkjs groth16 verify', snarkjsVerifies(receipt), true, tell);
      const tampered = withOneAnswerChanged(receipt);
      const passes = (await verifies(tampered)).holds || (await snarkjsVerifies(tampered)).holds;
      tell(demoWords.changedCopy(passes));
      tamperedRejected &&= !passes;
      units.push({ ...(await clock.unitOf(receipt)), ...facts, receiptFile });
    }
    clock.stop();
    const custodian = new Custodian(network);
    const privateBytesSent = new PrivateBytes([...custodian.rows(), ...(await custodian.shardKeys())]).countIn(sent.all());
    return { paid: units.length, units, tamperedRejected, transport: direct ? 'webrtc' : 'relay', privateBytesSent };
  } finally {
    await chromium.close();
  }
}

async function insist(name: string, verdict: ReturnType<typeof verifies>, expected: boolean, tell: (line: string) => void): Promise<void> {
  const { holds, said } = await verdict;
  if (holds !== expected) throw new Error(demoWords.otherwise(name, said));
  tell(demoWords.verdict(name, holds));
}

function nameOf(receipt: Uint8Array): string {
  const { statement } = JSON.parse(new TextDecoder().decode(receipt)) as { readonly statement: { readonly subject: string; readonly unit: number } };
  return `${statement.subject.slice(2, 14)}-${statement.unit}.json`;
}

const secondsSince = (began: number): number => Math.round((performance.now() - began) / 100) / 10;

const { values } = parseArgs({ options: { tasks: { type: 'string', default: '3' }, json: { type: 'boolean', default: false } } });
const tasks = Number(values.tasks);
if (!Number.isSafeInteger(tasks) || tasks < 1) throw new RangeError(demoWords.badTasks(values.tasks));
// Parts and browser end with this process.
whenOrphaned(() => process.exit(1));
const result = await demo(tasks, values.json ? (line) => console.error(line) : (line) => console.log(line));
console.log(values.json ? JSON.stringify(result) : `\n${JSON.stringify(result, null, 2)}`);
process.exit(result.paid === tasks && result.tamperedRejected && result.privateBytesSent === 0 ? 0 : 1);
