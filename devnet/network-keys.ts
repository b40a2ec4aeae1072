/** The one circuit of a network: the digits model on the rows of a unit, with its keys and the files that a volunteer fetches. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { terminalWords } from '../messages/en/terminal.ts';
import { toHex } from '../src/protocol/bytes.ts';
import { circuitId, type CircuitParts } from '../src/protocol/circuit.ts';
import type { Artefacts, ModelHead } from '../src/protocol/heads.ts';
import type { BlobId } from '../src/protocol/ids.ts';
import type { Content } from '../src/storage/shard-store.ts';
import { REPOSITORY } from './app-build.ts';
import { developmentKeys } from './development-keys.ts';
import { SHARD_ROWS } from './digit-rows.ts';

export interface NetworkKeys {
  readonly circuit: CircuitParts;
  /** 704 bytes. */
  readonly key: Uint8Array<ArrayBuffer>;
  readonly model: ModelHead;
  readonly artefacts: Artefacts;
  /** Public files, for a mirror and for peers. */
  readonly blobs: readonly { readonly content: Content; readonly bytes: Uint8Array<ArrayBuffer> }[];
}

/** Where keys are kept from one network to the next. */
export function keysFolder(): string {
  return process.env['PROOFTAB_KEYS'] ?? path.join(process.env['PROOFTAB_HOME'] ?? path.join(REPOSITORY, '.prooftab'), 'keys');
}

/** @param rows those of one unit */
export async function loadNetworkKeys(folder: string, tell: (line: string) => void, rows = SHARD_ROWS): Promise<NetworkKeys> {
  const onnx = new Uint8Array(await readFile(path.join(REPOSITORY, 'fixtures/models/digits.onnx')));
  const { model, circuit, relation, provingKey, verificationKey } = await developmentKeys(onnx, rows, folder, () => tell(terminalWords.makingKeys));
  const artefacts: Artefacts = {
    t: 'prooftab/artefacts/1',
    circuit: circuitId(circuit),
    model: circuit.model,
    provingKey: await blobId(provingKey),
    provingKeyBytes: provingKey.length,
    relation: circuit.relation as BlobId,
    relationBytes: relation.length,
    onnxBytes: onnx.length,
  };
  const blob = (id: BlobId, bytes: Uint8Array<ArrayBuffer>) => ({ content: { kind: 'blob', id } as const, bytes });
  return {
    circuit,
    key: verificationKey,
    model,
    artefacts,
    blobs: [blob(model.onnx, onnx), blob(artefacts.provingKey, provingKey), blob(artefacts.relation, relation)],
  };
}

/** By the platform: the proving key has some 40 MB. */
async function blobId(bytes: Uint8Array<ArrayBuffer>): Promise<BlobId> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))) as BlobId;
}
