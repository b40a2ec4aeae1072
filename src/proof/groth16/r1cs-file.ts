/** Relations as iden3's .r1cs file, whose SHA-256 is part of a circuit's id. Equal relations give equal bytes. */
import { SCALAR_ORDER } from '../../protocol/field.ts';
import { readSections, writeSections } from './binary-file.ts';
import { readElement, writeElement } from './little-endian.ts';
import type { SparseRelation } from './relation.ts';

const [HEADER, CONSTRAINTS, LABELS] = [1, 2, 3] as const;

export function writeR1cs(relation: SparseRelation): Uint8Array<ArrayBuffer> {
  return writeSections('r1cs', 1, [
    { number: HEADER, bytes: header(relation) },
    { number: CONSTRAINTS, bytes: constraints(relation) },
    { number: LABELS, bytes: labels(relation) },
  ]);
}

function header({ wires, publics, constraints }: SparseRelation): Uint8Array {
  const bytes = new Uint8Array(64);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 32, true);
  writeElement(view, 4, SCALAR_ORDER);
  view.setUint32(36, wires, true);
  // No public outputs; the public signals are inputs; how many of the others are inputs is nobody's business but the prover's.
  view.setUint32(40, 0, true);
  view.setUint32(44, publics, true);
  view.setUint32(48, 0, true);
  view.setBigUint64(52, BigInt(wires), true);
  view.setUint32(60, constraints, true);
  return bytes;
}

function constraints(relation: SparseRelation): Uint8Array {
  const { starts, wireOf, coefficientOf, coefficients } = relation;
  const rows = starts.length - 1;
  const bytes = new Uint8Array(4 * rows + 36 * wireOf.length);
  const view = new DataView(bytes.buffer);
  const encoded = new Uint8Array(32 * coefficients.length);
  const encodedView = new DataView(encoded.buffer);
  coefficients.forEach((coefficient, i) => writeElement(encodedView, 32 * i, coefficient));
  let at = 0;
  for (let row = 0; row < rows; row++) {
    view.setUint32(at, starts[row + 1] - starts[row], true);
    at += 4;
    for (let entry = starts[row]; entry < starts[row + 1]; entry++) {
      view.setUint32(at, wireOf[entry], true);
      const from = 32 * coefficientOf[entry];
      bytes.set(encoded.subarray(from, from + 32), at + 4);
      at += 36;
    }
  }
  return bytes;
}

/** Every wire is labelled by its own number. */
function labels({ wires }: SparseRelation): Uint8Array {
  const bytes = new Uint8Array(8 * wires);
  const view = new DataView(bytes.buffer);
  for (let wire = 0; wire < wires; wire++) view.setBigUint64(8 * wire, BigInt(wire), true);
  return bytes;
}

/** A relation from a file that may come from anywhere; null unless it is whole, and over BN254's scalar field. */
export function readR1cs(file: Uint8Array): SparseRelation | null {
  const sections = readSections(file, 'r1cs');
  const [head, body] = [sections?.get(HEADER), sections?.get(CONSTRAINTS)];
  if (head?.length !== 64 || body === undefined) return null;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (view.getUint32(0, true) !== 32 || readElement(view, 4) !== SCALAR_ORDER) return null;
  const [wires, outputs, inputs, constraints] = [36, 40, 44, 60].map((at) => view.getUint32(at, true));
  const rows = readRows(body, 3 * constraints, wires);
  return rows === null || outputs + inputs >= wires ? null : { wires, publics: outputs + inputs, constraints, ...rows };
}

/** Null if a row is cut short, names a wire that there is none of, or holds no element of the field. */
function readRows(
  body: Uint8Array,
  rows: number,
  wires: number,
): Pick<SparseRelation, 'starts' | 'wireOf' | 'coefficientOf' | 'coefficients'> | null {
  const entries = (body.length - 4 * rows) / 36;
  if (!Number.isInteger(entries) || entries < 0) return null;
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const [starts, wireOf, coefficientOf] = [new Uint32Array(rows + 1), new Uint32Array(entries), new Uint32Array(entries)];
  const positions = new Map<bigint, number>();
  let [at, entry] = [0, 0];
  for (let row = 0; row < rows; row++) {
    if (at + 4 > body.length) return null;
    const end = entry + view.getUint32(at, true);
    if (end > entries) return null;
    for (at += 4; entry < end; entry++, at += 36) {
      const [wire, coefficient] = [view.getUint32(at, true), readElement(view, at + 4)];
      if (wire >= wires || coefficient >= SCALAR_ORDER) return null;
      let position = positions.get(coefficient);
      if (position === undefined) positions.set(coefficient, (position = positions.size));
      wireOf[entry] = wire;
      coefficientOf[entry] = position;
    }
    starts[row + 1] = end;
  }
  return at === body.length ? { starts, wireOf, coefficientOf, coefficients: [...positions.keys()] } : null;
}
