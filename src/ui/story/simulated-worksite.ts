/** A worksite that plays a recorded-looking job from reports, so that pages can be looked at without a network. Not shipped. */
import type { JOB_STEPS } from '../../protocol/job-report.ts';
import type { JobFailure, JobReport, WaitingOn } from '../../protocol/job-report.ts';
import type { Hex } from '../../protocol/bytes.ts';
import type { CircuitId, DatasetId, ModelId, ReceiptId, TaskId, BlobId } from '../../protocol/ids.ts';
import type { Receipt } from '../../protocol/receipt.ts';
import { fail, ok } from '../../protocol/result.ts';
import type { KeptReceipt, RunOptions, Worksite } from '../../app/worksite.ts';

const hex = (seed: number, bytes = 32): Hex =>
  `0x${Array.from({ length: bytes * 2 }, (_, i) => ((seed * 7919 + i * i * 31 + i * 17 + (seed ^ i) * 13) % 16).toString(16)).join('')}`;
const me = '0x71b0a3c19d5527e46f08bb9f3d1c2a4e5f60e42c';
const credits = 40_000_000_000_000_000n;

export function simulatedReceipt(unit: number): Receipt {
  return {
    t: 'prooftab/receipt/1',
    statement: {
      t: 'prooftab/statement/1',
      circuit: hex(1) as CircuitId,
      chain: 31337,
      contract: hex(2, 20),
      subject: hex(3),
      unit,
      beneficiary: me,
      values: [7n, 0x4127n],
      digest: 9n,
    },
    proof: { system: 1, bytes: new Uint8Array(256) },
    material: {
      circuit: { system: 1, kind: 1, model: hex(4) as ModelId, relation: hex(5), key: hex(6), values: 2, meter: [53_600, 0, 0, 0, 0, 0], flags: 1 },
      key: hex(7, 704),
      dataset: {
        t: 'prooftab/dataset/1',
        schema: [{ name: 'pixels', bits: 8, count: 784 }],
        salt: hex(8),
        rows: 256,
        depth: 8,
        shardRows: 4,
        root: hex(9),
        root2: '0x',
        shards: hex(10) as BlobId,
        owner: hex(11, 20),
      },
      path: { index: unit, siblings: [] },
      model: { t: 'prooftab/model/1', onnx: hex(12) as BlobId, graph: hex(13), inputs: [], outputs: [] },
    },
    anchors: [],
  };
}

export function simulatedKept(unit: number): KeptReceipt {
  return {
    id: hex(100 + unit) as ReceiptId,
    receipt: simulatedReceipt(unit),
    amount: credits,
    tx: hex(200 + unit),
    rows: 4,
    answers: [7, 2, 1, 4],
    seconds: 7.2 + unit / 10,
    time: 1_790_000_000 + unit * 60,
  };
}

function reportsOf(unit: number): readonly JobReport[] {
  const now = (step: (typeof JOB_STEPS)[number], part: number): JobReport => ({ report: 'step', step, state: 'now', part, seconds: null });
  const done = (step: (typeof JOB_STEPS)[number], seconds: number): JobReport => ({ report: 'step', step, state: 'done', part: 1, seconds });
  return [
    now('claim', 0),
    {
      report: 'task',
      task: hex(3) as TaskId,
      unit,
      text: 'Read handwritten digits for the Leiden archive',
      price: credits,
      grade: 2,
      dataset: hex(14) as DatasetId,
      owner: hex(11, 20),
      firstRow: unit * 4,
      rows: 4,
    },
    { report: 'sent', what: 'claim', bytes: 612 },
    { report: 'claimed', until: Math.floor(Date.now() / 1000) + 600, resumed: false },
    done('claim', 0.8),
    now('fetch', 0),
    { report: 'fetched', what: 'model', bytes: 131_072, from: 'http://127.0.0.1:8080', direct: true },
    now('fetch', 0.2),
    { report: 'fetched', what: 'proving-key', bytes: 38_400_000, from: 'http://127.0.0.1:8080', direct: true },
    now('fetch', 0.9),
    { report: 'fetched', what: 'shard', bytes: 3_292, from: '12D3KooWQ8sXf5xGv3Heron', direct: true },
    { report: 'sent', what: 'key-request', bytes: 118 },
    { report: 'fetched', what: 'shard-key', bytes: 80, from: '12D3KooWQ8sXf5xGv3Heron', direct: true },
    done('fetch', 1.2),
    now('open', 0),
    done('open', 0.1),
    now('read', 0.5),
    { report: 'answered', answers: [7, 2, 1, 4], engine: 'wasm', threads: 2 },
    done('read', 0.4),
    now('prove', 0.1),
    now('prove', 0.34),
    now('prove', 0.61),
    now('prove', 0.9),
    { report: 'proven', constraints: 53_612, seconds: 0.9, threads: 2, sharesMemory: true },
    done('prove', 0.9),
    now('submit', 0),
    { report: 'sent', what: 'answers-and-proof', bytes: 1_188 },
    done('submit', 0.6),
    now('paid', 0),
    done('paid', 0.1),
    { report: 'paid', amount: credits, tx: hex(200 + unit), receiptId: hex(100 + unit) as ReceiptId, receipt: simulatedReceipt(unit) },
  ];
}

export interface Scene {
  /** Milliseconds between reports. */
  readonly pace: number;
  /** Stay after so many reports of unit `stayUnit`. */
  readonly stayAt?: number;
  readonly stayUnit?: number;
  readonly waitOn?: WaitingOn;
  readonly failWith?: JobFailure;
  readonly kept?: number;
}

export function simulatedWorksite(scene: Scene): Worksite {
  let unit = 3;
  return {
    address: me,
    chainId: 31337,
    async run({ signal, onReport }: RunOptions) {
      const mine = ++unit;
      for (const [i, report] of reportsOf(mine).entries()) {
        if (mine === (scene.stayUnit ?? 4) && i === scene.stayAt) {
          if (scene.failWith) return fail(scene.failWith);
          if (scene.waitOn) onReport({ report: 'waiting', step: 'fetch', on: scene.waitOn });
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
        }
        if (signal.aborted) return fail({ kind: 'stopped' });
        onReport(report);
        await new Promise((resolve) => setTimeout(resolve, scene.pace));
      }
      return ok(undefined);
    },
    halt: () => undefined,
    hasUnfinished: async () => false,
    wasContributing: async () => false,
    rememberContributing: async () => undefined,
    keepReceipt: async () => undefined,
    outlook: async () => ({ openUnits: 8, price: credits, balance: credits * BigInt(scene.kept ?? 0) }),
    watchTraffic: (listener) => listener({ self: '12D3KooWLm2xQ7vGk4Wren', bytesIn: 4_100_000, bytesOut: 9_430, peers: 3 }),
  };
}
