/** A snarkjs Groth16 proving key (.zkey) before it is trusted: what its header says, and whether its sections bear it out. */
import { BASE_ORDER, SCALAR_ORDER } from '../../protocol/field.ts';
import type { Groth16Key } from '../../protocol/groth16-key.ts';
import type { G1Affine } from '../../protocol/bn254-points.ts';
import { fail, ok, type Result } from '../../protocol/result.ts';
import { TWO_ADICITY } from '../bn254/root-of-unity.ts';
import { nearby, type ByteSource } from './byte-source.ts';
import { readElement } from './little-endian.ts';
import { COEFFICIENT_BYTES } from './row-entries.ts';
import { sectionTable, viewOf, type SectionPlace } from './section-table.ts';
import { FIXED, HEADER_BYTES, readG1, readVerificationKey } from './zkey-file.ts';

export interface ProvingKeyFile {
  readonly source: ByteSource;
  readonly wires: number;
  readonly publics: number;
  /** The domain has 2^log elements. */
  readonly log: number;
  /** Entries of A and B. */
  readonly entries: number;
  readonly verificationKey: Groth16Key;
  readonly beta1: G1Affine;
  readonly delta1: G1Affine;
  readonly places: Readonly<Record<'coefficients' | 'a' | 'b1' | 'b2' | 'c' | 'h', SectionPlace>>;
}

export type KeyFileFailure =
  /** No .zkey at all. */
  | { readonly kind: 'not-a-key' }
  /** Shorter than its sections say, or a section shorter than its header says. */
  | { readonly kind: 'truncated-key'; readonly section: number }
  /** PLONK or fflonk, or a system that is not known. */
  | { readonly kind: 'other-system'; readonly system: 'plonk' | 'fflonk' | 'unknown' }
  /** BLS12-381, or a curve that is not known. */
  | { readonly kind: 'other-curve'; readonly curve: 'bls12-381' | 'unknown' }
  /** More than BN254 has roots of unity for, or than memory can hold. */
  | { readonly kind: 'oversized-key'; readonly log: number };

const SYSTEMS: Readonly<Record<number, 'groth16' | 'plonk' | 'fflonk'>> = { 1: 'groth16', 2: 'plonk', 10: 'fflonk' };
/** Order of the field that BLS12-381's coordinates live in. */
const BLS12_381_ORDER = 0x1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaabn;
/** So that its points, tables and working room fit the 4 GiB that WebAssembly addresses. */
const LARGEST_LOG = 22;

export async function openProvingKey(source: ByteSource): Promise<Result<ProvingKeyFile, KeyFileFailure>> {
  const near = nearby(source);
  const table = await sectionTable(near, 'zkey');
  if (!table.ok) return fail(table.failure === 'other-type' ? { kind: 'not-a-key' } : { kind: 'truncated-key', section: 0 });
  const section = (number: number): SectionPlace => table.value.get(number) ?? { offset: 0, length: 0 };
  const readSection = ({ offset, length }: SectionPlace, most: number) => near.read(offset, Math.min(length, most));

  const system = SYSTEMS[(await readSection(section(1), 1))[0]] ?? 'unknown';
  if (system !== 'groth16') return fail({ kind: 'other-system', system });
  const header = await readSection(section(2), HEADER_BYTES);
  const curve = curveOf(header);
  if (curve !== 'bn254') return fail(curve === 'truncated' ? { kind: 'truncated-key', section: 2 } : { kind: 'other-curve', curve });
  if (header.length < HEADER_BYTES) return fail({ kind: 'truncated-key', section: 2 });
  const view = viewOf(header);
  const [wires, publics, domainSize] = [view.getUint32(72, true), view.getUint32(76, true), view.getUint32(80, true)];
  const log = Math.log2(domainSize);
  if (!Number.isInteger(log) || publics >= wires) return fail({ kind: 'truncated-key', section: 2 });
  if (log > Math.min(LARGEST_LOG, TWO_ADICITY - 1) || wires > 2 ** LARGEST_LOG) return fail({ kind: 'oversized-key', log });

  const counted = await readSection(section(4), 4);
  const entries = counted.length < 4 ? 0 : viewOf(counted).getUint32(0, true);
  const lengths: readonly (readonly [number, number])[] = [
    [3, 64 * (publics + 1)],
    [4, 4 + COEFFICIENT_BYTES * entries],
    [5, 64 * wires],
    [6, 64 * wires],
    [7, 128 * wires],
    [8, 64 * (wires - publics - 1)],
    [9, 64 * domainSize],
  ];
  const short = lengths.find(([number, length]) => section(number).length !== length);
  if (short) return fail({ kind: 'truncated-key', section: short[0] });
  const ic = await readSection(section(3), Infinity);
  return ok({
    source,
    wires,
    publics,
    log,
    entries,
    beta1: readG1(view, FIXED + 64),
    delta1: readG1(view, FIXED + 384),
    verificationKey: readVerificationKey(view, ic, publics),
    places: { coefficients: section(4), a: section(5), b1: section(6), b2: section(7), c: section(8), h: section(9) },
  });
}

function curveOf(header: Uint8Array): 'bn254' | 'bls12-381' | 'unknown' | 'truncated' {
  if (header.length < 52) return 'truncated';
  const view = viewOf(header);
  const bytes = view.getUint32(0, true);
  if (bytes === 48) return readElement(view, 4) === BigInt.asUintN(256, BLS12_381_ORDER) ? 'bls12-381' : 'unknown';
  if (bytes !== 32 || header.length < FIXED) return bytes === 32 ? 'truncated' : 'unknown';
  return readElement(view, 4) === BASE_ORDER && readElement(view, 40) === SCALAR_ORDER ? 'bn254' : 'unknown';
}
