/** Writes a relation as iden3's .r1cs file, whose SHA-256 is part of a circuit's id. Equal relations give equal bytes. */
import { SCALAR_ORDER } from '../../protocol/field.ts';
import { writeSections } from './binary-file.ts';
import { writeElement } from './little-endian.ts';
import type { Relation } from './relation.ts';

const [HEADER, CONSTRAINTS, LABELS] = [1, 2, 3] as const;

export function writeR1cs(relation: Relation): Uint8Array<ArrayBuffer> {
  return writeSections('r1cs', 1, [
    { number: HEADER, bytes: header(relation) },
    { number: CONSTRAINTS, bytes: constraints(relation) },
    { number: LABELS, bytes: labels(relation) },
  ]);
}

function header({ wires, publics, constraints }: Relation): Uint8Array {
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

function constraints(relation: Relation): Uint8Array {
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
function labels({ wires }: Relation): Uint8Array {
  const bytes = new Uint8Array(8 * wires);
  const view = new DataView(bytes.buffer);
  for (let wire = 0; wire < wires; wire++) view.setBigUint64(8 * wire, BigInt(wire), true);
  return bytes;
}
