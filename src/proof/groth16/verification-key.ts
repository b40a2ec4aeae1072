/** The 704-byte verification key inside a proving key. */
import { keyToBytes } from '../../protocol/groth16-key.ts';
import { readZkey } from './zkey-file.ts';

/** Null unless the file is a Groth16 proving key for three public signals; whether its points are sound is `parseKey`'s to say. */
export function verificationKeyOf(provingKey: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const header = readZkey(provingKey);
  return header === null || header.publics !== 3 ? null : keyToBytes(header.verificationKey);
}
