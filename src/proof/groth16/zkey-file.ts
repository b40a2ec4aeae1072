/** snarkjs's Groth16 proving key file (.zkey): its sections, and what can be read of it before it is trusted. */
import type { G1Affine, G2Affine } from '../../protocol/bn254-points.ts';
import { concatBytes } from '../../protocol/bytes.ts';
import { BASE_ORDER, SCALAR_ORDER } from '../../protocol/field.ts';
import type { Groth16Key } from '../../protocol/groth16-key.ts';
import { readSections, writeSections } from './binary-file.ts';
import { readElement, writeElement } from './little-endian.ts';

/** Points are affine, coordinates in Montgomery form, little-endian, real part first. */
export interface ZkeyContent {
  readonly wires: number;
  readonly publics: number;
  /** A power of two. */
  readonly domainSize: number;
  readonly alpha1: Uint8Array;
  readonly beta1: Uint8Array;
  readonly beta2: Uint8Array;
  readonly gamma2: Uint8Array;
  readonly delta1: Uint8Array;
  readonly delta2: Uint8Array;
  readonly ic: Uint8Array;
  readonly coefficients: Uint8Array;
  readonly a: Uint8Array;
  readonly b1: Uint8Array;
  readonly b2: Uint8Array;
  readonly c: Uint8Array;
  readonly h: Uint8Array;
  /** At most 64 characters, kept where a ceremony's hash would stand. */
  readonly note: string;
}

export interface ZkeyHeader {
  readonly wires: number;
  readonly publics: number;
  readonly domainSize: number;
  readonly verificationKey: Groth16Key;
}

const GROTH16 = 1;
/** Where the points of a header start. */
export const FIXED = 84;
export const HEADER_BYTES = FIXED + 64 + 64 + 128 + 128 + 64 + 128;

export function writeZkey(content: ZkeyContent): Uint8Array<ArrayBuffer> {
  const fixed = new Uint8Array(FIXED);
  const view = new DataView(fixed.buffer);
  view.setUint32(0, 32, true);
  writeElement(view, 4, BASE_ORDER);
  view.setUint32(36, 32, true);
  writeElement(view, 40, SCALAR_ORDER);
  view.setUint32(72, content.wires, true);
  view.setUint32(76, content.publics, true);
  view.setUint32(80, content.domainSize, true);
  const header = concatBytes(fixed, content.alpha1, content.beta1, content.beta2, content.gamma2, content.delta1, content.delta2);
  // The ceremony's hash (64 bytes) and its number of contributions, none.
  const contributions = new Uint8Array(68);
  contributions.set(new TextEncoder().encode(content.note).subarray(0, 64));
  const { ic, coefficients, a, b1, b2, c, h } = content;
  const sections = [new Uint8Array([GROTH16, 0, 0, 0]), header, ic, coefficients, a, b1, b2, c, h, contributions];
  return writeSections(
    'zkey',
    1,
    sections.map((bytes, i) => ({ number: i + 1, bytes })),
  );
}

/** Null unless the bytes are a Groth16 proving key over BN254 whose sections have the lengths its header asks for. */
export function readZkey(file: Uint8Array): ZkeyHeader | null {
  const sections = readSections(file, 'zkey');
  const header = sections?.get(2);
  const ic = sections?.get(3);
  if (sections?.get(1)?.[0] !== GROTH16 || header?.length !== HEADER_BYTES || ic === undefined) return null;
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  if (readElement(view, 4) !== BASE_ORDER || readElement(view, 40) !== SCALAR_ORDER) return null;
  const [wires, publics, domainSize] = [view.getUint32(72, true), view.getUint32(76, true), view.getUint32(80, true)];
  const lengths = [
    [3, 64 * (publics + 1)],
    [5, 64 * wires],
    [6, 64 * wires],
    [7, 128 * wires],
    [8, 64 * (wires - publics - 1)],
    [9, 64 * domainSize],
  ] as const;
  if (lengths.some(([section, length]) => sections?.get(section)?.length !== length)) return null;
  return {
    wires,
    publics,
    domainSize,
    verificationKey: readVerificationKey(view, ic, publics),
  };
}

/** From sections 2 and 3, which are as long as they should be. */
export function readVerificationKey(header: DataView, ic: Uint8Array, publics: number): Groth16Key {
  const icView = new DataView(ic.buffer, ic.byteOffset, ic.byteLength);
  return {
    alpha: readG1(header, FIXED),
    beta: readG2(header, FIXED + 128),
    gamma: readG2(header, FIXED + 256),
    delta: readG2(header, FIXED + 448),
    ic: Array.from({ length: publics + 1 }, (_, i) => readG1(icView, 64 * i)),
  };
}

/** 2^-256 mod q, which takes a coordinate out of Montgomery form. */
const FROM_MONTGOMERY = 20988524275117001072002809824448087578619730785600314334253784976379291040311n;

function coordinate(view: DataView, offset: number): bigint {
  return (readElement(view, offset) * FROM_MONTGOMERY) % BASE_ORDER;
}

export function readG1(view: DataView, offset: number): G1Affine {
  return { x: coordinate(view, offset), y: coordinate(view, offset + 32) };
}

function readG2(view: DataView, offset: number): G2Affine {
  const part = (i: number): bigint => coordinate(view, offset + 32 * i);
  return { x: { c0: part(0), c1: part(1) }, y: { c0: part(2), c1: part(3) } };
}
