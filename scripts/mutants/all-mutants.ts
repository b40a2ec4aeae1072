/** Every check of the repository that a run takes out: in contracts, in circuits, at the edges. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { guardMutants, RECORDER } from './guards.ts';
import type { Mutant } from './mutant.ts';
import { refusalMutants } from './refusals.ts';
import { revertMutants } from './reverts.ts';

/** Where strangers' bytes, strangers' claims and failing machines come in. */
const EDGES = [
  'src/protocol',
  'src/model',
  'src/network',
  'src/marketplace',
  'src/storage',
  'src/identity',
  'src/execution/open-rows.ts',
  'src/job/journal.ts',
  'src/app/deployment.ts',
  'src/proof/groth16/binary-file.ts',
  'src/proof/groth16/zkey-file.ts',
  'src/proof/groth16/groth16-prover.ts',
  'src/proof/groth16/prove.ts',
  'src/proof/groth16/loaded-key.ts',
  'src/proof/groth16/open-circuit.ts',
  'src/proof/groth16/section-table.ts',
  'src/proof/groth16/proving-key.ts',
  'src/proof/groth16/witness-file-reader.ts',
  'src/proof/groth16/snarkjs-verifier.ts',
  'src/proof/check-receipt.ts',
  'src/proof/receipt-check',
  'src/consensus/evm',
  'devnet/custody.ts',
  'devnet/sponsor.ts',
  'devnet/server.ts',
  'bin',
];

export function allMutants(root: string): readonly Mutant[] {
  const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
  const contracts = readdirSync(path.join(root, 'contracts'))
    .filter((name) => name.endsWith('.sol'))
    .flatMap((name) => revertMutants(`contracts/${name}`, read(`contracts/${name}`)));
  const edges = EDGES.flatMap((edge) => filesUnder(root, edge)).flatMap((file) => refusalMutants(file, read(file)));
  return [...contracts, ...guardMutants(read(RECORDER)), ...edges];
}

/** TypeScript that ships: no tests, no suites, no twins and forgeries that only tests use. */
function filesUnder(root: string, edge: string): readonly string[] {
  const files = edge.endsWith('.ts')
    ? [edge]
    : readdirSync(path.join(root, edge), { recursive: true, encoding: 'utf8' }).map((file) => path.join(edge, file));
  return files.filter((file) => file.endsWith('.ts') && !/(\.test|\.d|-suite)\.ts$|\/(memory|forged|stub|staged)-/.test(file)).sort();
}
