/** The first constraint of an .r1cs file that a witness breaks: proving keys do not hold C, so only the relation itself can tell. */
import { SCALAR_ORDER } from '../../protocol/field.ts';
import { fail, ok, type Result } from '../../protocol/result.ts';
import type { ByteSource } from './byte-source.ts';
import { readElement } from './little-endian.ts';
import { sectionTable, viewOf } from './section-table.ts';

export type RelationFileFailure = { readonly kind: 'not-a-relation' } | { readonly kind: 'relation-of-other-circuit' };

/** Bytes of the file that are read at a time. */
const CHUNK = 1 << 20;

/**
 * @param witness 32 bytes a wire, little-endian
 * @returns its number from 0, null if there is none
 */
export async function firstBrokenConstraint(r1cs: ByteSource, witness: Uint8Array): Promise<Result<number | null, RelationFileFailure>> {
  const table = await sectionTable(r1cs, 'r1cs');
  const [header, body] = table.ok ? [table.value.get(1), table.value.get(2)] : [];
  if (!header || !body || header.length < 64) return fail({ kind: 'not-a-relation' });
  const head = viewOf(await r1cs.read(header.offset, 64));
  if (head.getUint32(0, true) !== 32 || readElement(head, 4) !== SCALAR_ORDER) return fail({ kind: 'not-a-relation' });
  const [wires, constraints] = [head.getUint32(36, true), head.getUint32(60, true)];
  if (32 * wires !== witness.length) return fail({ kind: 'relation-of-other-circuit' });
  const values = viewOf(witness);

  let [from, view] = [0, viewOf(new Uint8Array())];
  let at = 0;
  /** The next so many bytes, as a position in the view. */
  const take = async (length: number): Promise<number> => {
    if (at + length > body.length) throw new RangeError();
    if (at + length > from + view.byteLength) {
      view = viewOf(await r1cs.read(body.offset + at, Math.min(Math.max(length, CHUNK), body.length - at)));
      from = at;
    }
    at += length;
    return at - length - from;
  };
  const row = async (): Promise<bigint> => {
    // Taken first, read then: taking may move the view.
    const length = await take(4);
    const count = view.getUint32(length, true);
    const first = await take(36 * count);
    let sum = 0n;
    for (let i = 0; i < count; i++) {
      const wire = view.getUint32(first + 36 * i, true);
      if (wire >= wires) throw new RangeError();
      sum += readElement(view, first + 36 * i + 4) * readElement(values, 32 * wire);
    }
    return sum;
  };
  try {
    for (let constraint = 0; constraint < constraints; constraint++) {
      const [a, b, c] = [await row(), await row(), await row()];
      if ((a * b - c) % SCALAR_ORDER !== 0n) return ok(constraint);
    }
    return ok(null);
  } catch (error) {
    if (error instanceof RangeError) return fail({ kind: 'not-a-relation' });
    throw error;
  }
}
