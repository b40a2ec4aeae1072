/** A Node host's key and certificate on disk: its peer id and its address stay the same across restarts. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { generateKeyPair, privateKeyFromProtobuf, privateKeyToProtobuf } from '@libp2p/crypto/keys';
import type { PrivateKey } from '@libp2p/interface';
import { selfSignedCertificate } from './self-signed-certificate.ts';
import type { HostCertificate } from './self-signed-certificate.ts';

export interface HostIdentity {
  readonly privateKey: PrivateKey;
  readonly certificate: HostCertificate;
}

/**
 * Reads the identity in `file`, or makes one there, readable by its owner alone.
 * @throws Error when the file exists and is not an identity: delete it to start over under another peer id.
 */
export async function loadHostIdentity(file: string): Promise<HostIdentity> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  if (text !== null) return parseIdentity(text, file);
  const identity = { privateKey: await generateKeyPair('Ed25519'), certificate: selfSignedCertificate() };
  await mkdir(dirname(file), { recursive: true });
  // Written beside and moved, so that a kill in between leaves no half file.
  const draft = `${file}.${String(process.pid)}.part`;
  const key = Buffer.from(privateKeyToProtobuf(identity.privateKey)).toString('base64');
  await writeFile(draft, `${JSON.stringify({ key, certificate: identity.certificate }, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, file);
  return identity;
}

function parseIdentity(text: string, file: string): HostIdentity {
  try {
    const { key, certificate } = JSON.parse(text) as { key: unknown; certificate: Record<string, unknown> };
    const { privateKey, pem, certhash } = certificate;
    if (typeof key !== 'string' || typeof privateKey !== 'string' || typeof pem !== 'string' || typeof certhash !== 'string')
      throw new TypeError('a field is missing');
    return { privateKey: privateKeyFromProtobuf(Buffer.from(key, 'base64')), certificate: { privateKey, pem, certhash } };
  } catch (cause) {
    throw new Error(`${file} is not a host identity; delete it to start over under another peer id`, { cause });
  }
}
