/** `npm run bench -- groth16`: our prover beside snarkjs, in Node and in Chromium. `npm run bench -- visitor`: the first minute against its goals. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { circuitFiles, CIRCUITS } from './groth16/circuits.ts';
import { buildBenchPage, compareInChromium } from './groth16/in-chromium.ts';
import { compareInNode } from './groth16/in-node.ts';
import { rowOf, type Row } from './groth16/runs.ts';
import { tableOf } from './groth16/table.ts';
import { measureVisitor, visitorTable } from './visitor/visitor.ts';

const FOLDER = path.resolve('.prooftab/bench');
const HELP = `npm run bench -- groth16 [--json] [--engine node|chromium] [--circuit name] [--power n] [--rounds n] [--kernel fused|integer]
    Compares with snarkjs: wall and processor time, peak memory. Rounds alternate; medians are printed. Use an idle machine.
npm run bench -- visitor [--json] [--rounds n]
    Times a visitor's path in Chromium, and asks Lighthouse (fetched for it) for its scores.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    engine: { type: 'string' },
    circuit: { type: 'string' },
    power: { type: 'string' },
    rounds: { type: 'string' },
    kernel: { type: 'string' },
  },
});
switch (positionals[0]) {
  case 'groth16':
    await tell('groth16', await compareProvers(), tableOf);
    break;
  case 'visitor':
    await tell('visitor', await measureVisitor(Number(values.rounds ?? 3)), visitorTable);
    break;
  default:
    console.error(HELP);
    process.exit(2);
}
process.exit(0);

async function tell<Line>(name: string, rows: readonly Line[], table: (rows: readonly Line[]) => string): Promise<void> {
  const json = JSON.stringify({ rows });
  await mkdir(FOLDER, { recursive: true });
  await writeFile(path.join(FOLDER, `${name}.json`), json);
  console.log(values.json ? json : table(rows));
}

async function compareProvers(): Promise<readonly Row[]> {
  const chosen = CIRCUITS.filter(({ circuit, power }) => (values.circuit ?? circuit) === circuit && Number(values.power ?? power) === power);
  const page = path.join(FOLDER, 'page');
  await mkdir(FOLDER, { recursive: true });
  if (values.engine !== 'node') await buildBenchPage(page);
  // Without a kernel named, the fastest one everywhere, and the other one where the goals ask for it.
  const kernels = (power: number) => (values.kernel === undefined ? (power === 16 ? [undefined, 'integer'] : [undefined]) : [values.kernel]);

  const rows: Row[] = [];
  for (const each of chosen) {
    console.error(`${each.circuit} 2^${each.power}`);
    const files = await circuitFiles(each, FOLDER);
    for (const kernel of kernels(each.power)) {
      for (const engine of ['node', 'chromium'] as const) {
        if ((values.engine ?? engine) !== engine) continue;
        const rounds = Number(values.rounds ?? 5);
        const comparison = await (engine === 'node' ? compareInNode(files, rounds, kernel) : compareInChromium(page, files, rounds, kernel));
        rows.push(rowOf({ engine, circuit: each.circuit, power: each.power, constraints: files.constraints }, comparison));
      }
    }
  }
  return rows;
}
