/** Publishing a circuit: it is registered with its key, and the heads of its model and files are published by whoever asks for work on it. */
import type { Ledger, LedgerFailure } from '../consensus/ledger.ts';
import { toHex } from '../protocol/bytes.ts';
import { circuitId, type CircuitParts } from '../protocol/circuit.ts';
import { encodeHead, headId, type Artefacts, type ModelHead } from '../protocol/heads.ts';
import type { Address } from '../protocol/ids.ts';
import { ok, type Result } from '../protocol/result.ts';
import { sameHex } from '../protocol/same-hex.ts';
import { publishedHeads } from './published-heads.ts';

export interface CircuitFiles {
  readonly circuit: CircuitParts;
  /** 704 bytes. */
  readonly key: Uint8Array<ArrayBuffer>;
  readonly model: ModelHead;
  readonly artefacts: Artefacts;
}

/**
 * What is on the chain already is left alone, so that a second start costs nothing.
 * @param address as which the ledger sends
 */
export async function publishCircuit(
  ledger: Ledger,
  address: Address,
  { circuit, key, model, artefacts }: CircuitFiles,
): Promise<Result<void, LedgerFailure>> {
  const known = await ledger.read({ read: 'circuit', circuit: circuitId(circuit) });
  if (!known.ok) return known;
  if (known.value === null) {
    const registered = await ledger.send({ send: 'register', parts: circuit, key: toHex(key) });
    if (!registered.ok) return registered;
  }
  for (const head of [model, artefacts]) {
    const published = await publishedHeads(ledger, head.t);
    if (!published.ok) return published;
    if (published.value.some(({ id, publisher }) => id === headId(head) && sameHex(publisher, address))) continue;
    const sent = await ledger.send({ send: 'publish', kind: head.t, head: toHex(encodeHead(head)) });
    if (!sent.ok) return sent;
  }
  return ok(undefined);
}
