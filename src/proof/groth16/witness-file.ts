/** Writes a witness as iden3's .wtns file. */
import { SCALAR_ORDER } from '../../protocol/field.ts';
import { writeSections } from './binary-file.ts';
import { writeElement } from './little-endian.ts';

/** @param witness values in 0 … r − 1, the constant 1 first */
export function writeWitness(witness: readonly bigint[]): Uint8Array<ArrayBuffer> {
  return witnessFile(witnessBytes(witness));
}

/** @param values 32 bytes each, little-endian */
export function witnessFile(values: Uint8Array): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(40);
  const headerView = new DataView(header.buffer);
  headerView.setUint32(0, 32, true);
  writeElement(headerView, 4, SCALAR_ORDER);
  headerView.setUint32(36, values.length / 32, true);
  return writeSections('wtns', 2, [
    { number: 1, bytes: header },
    { number: 2, bytes: values },
  ]);
}

/** The values alone: 32 bytes each, little-endian. */
export function witnessBytes(witness: readonly bigint[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(32 * witness.length);
  const view = new DataView(bytes.buffer);
  witness.forEach((value, i) => writeElement(view, 32 * i, value));
  return bytes;
}
