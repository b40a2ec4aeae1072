/** What the practice network begins with: compiled contracts, the head of the one-drawing circuit's files, and held-out digits as a file named by hash. */
import { createHash } from 'node:crypto';
import type { contracts, artefacts, digits } from 'virtual:practice-kit';
import { digitRows } from '../devnet/digit-rows.ts';
import { keysFolder, loadNetworkKeys } from '../devnet/network-keys.ts';
import { compileContracts } from './compile-contracts.ts';
import { ONE_DRAWING } from './demonstration-kit.ts';

/** Enough for four tasks before a digit comes again; each is sealed by the page, in some milliseconds. */
const DIGITS = 64;

export interface BuiltPracticeKit {
  readonly kit: { readonly contracts: typeof contracts; readonly artefacts: typeof artefacts; readonly digits: typeof digits };
  readonly file: { readonly fileName: string; readonly bytes: Uint8Array };
}

export async function buildPracticeKit(): Promise<BuiltPracticeKit> {
  const [contracts, { artefacts }] = [await compileContracts(), await loadNetworkKeys(keysFolder(), () => undefined, ONE_DRAWING)];
  const { rows, ...cut } = digitRows(ONE_DRAWING, DIGITS);
  const hash = createHash('sha256').update(rows).digest('hex');
  const fileName = `assets/${hash}.digits`;
  return {
    kit: { contracts, artefacts, digits: { file: { id: `0x${hash}`, bytes: rows.length, path: fileName }, cut } },
    file: { fileName, bytes: rows },
  };
}
