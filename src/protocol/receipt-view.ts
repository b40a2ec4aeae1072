/** A receipt as JSON, for people and for plain snarkjs: bytes as 0x…, field elements as decimal text. The CBOR file stays the receipt. */
import { fromHex, toHex, type Hex } from './bytes.ts';
import type { CborFailure } from './cbor.ts';
import { publicSignals } from './domain.ts';
import { keyToSnarkjs, parseKey, type SnarkjsKey } from './groth16-key.ts';
import { proofFromBytes, type SnarkjsProof } from './groth16-proof.ts';
import { decodeReceipt, encodeReceipt, statementId, type Receipt } from './receipt.ts';
import { fail, type Result } from './result.ts';

export interface ReceiptView {
  readonly t: 'prooftab/receipt/1';
  readonly id: string;
  readonly statement: unknown;
  readonly proof: unknown;
  readonly material: unknown;
  readonly anchors: unknown;
  /** What `snarkjs groth16 verify` needs: it checks the equation alone. Null where key or proof are no curve points. */
  readonly snarkjs: { readonly proof: SnarkjsProof; readonly publicSignals: readonly string[]; readonly vkey: SnarkjsKey } | null;
}

export function receiptToJson(receipt: Receipt): ReceiptView {
  const { statement, proof, material, anchors } = receipt;
  return {
    t: receipt.t,
    id: statementId(statement),
    statement: { ...statement, values: statement.values.map(String), digest: statement.digest.toString() },
    proof: { system: proof.system, bytes: toHex(proof.bytes) },
    material,
    anchors,
    snarkjs: snarkjsView(receipt),
  };
}

/** What the view's text is read as, before anything of it is believed. */
type WrittenReceipt = Omit<Receipt, 'statement' | 'proof'> & {
  readonly statement: Omit<Receipt['statement'], 'values' | 'digest'> & { readonly values: readonly string[]; readonly digest: string };
  readonly proof: { readonly system: Receipt['proof']['system']; readonly bytes: Hex };
};

/** Reads the view back, through the CBOR form, so that both forms are parsed by one strict reader. `id` and `snarkjs` are recomputed, never believed. */
export function receiptFromJson(text: string): Result<Receipt, CborFailure> {
  let encoded: Uint8Array;
  try {
    const view = JSON.parse(text) as WrittenReceipt;
    encoded = encodeReceipt({
      ...view,
      statement: { ...view.statement, values: view.statement.values.map(BigInt), digest: BigInt(view.statement.digest) },
      proof: { system: view.proof.system, bytes: fromHex(view.proof.bytes) },
    });
  } catch (error) {
    return fail({ kind: 'bad-encoding', detail: error instanceof Error ? error.message : 'not a receipt' });
  }
  return decodeReceipt(encoded);
}

function snarkjsView({ statement, proof, material }: Receipt): ReceiptView['snarkjs'] {
  const key = parseKey(fromHex(material.key));
  const points = proofFromBytes(proof.bytes);
  if (!key.ok || !points) return null;
  return { proof: points, publicSignals: publicSignals(statement).map(String), vkey: keyToSnarkjs(key.value) };
}
