import { createHash, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { peerIdFromPrivateKey } from '@libp2p/peer-id';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadHostIdentity } from './host-identity.ts';

describe('host identity', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'prooftab-identity-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('is made once, readable by its owner alone, and the same ever after', async () => {
    const file = join(folder, 'deep', 'custodian.json');
    const made = await loadHostIdentity(file);
    const read = await loadHostIdentity(file);
    expect(peerIdFromPrivateKey(read.privateKey).toString()).toBe(peerIdFromPrivateKey(made.privateKey).toString());
    expect(read.certificate).toEqual(made.certificate);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('carries a certificate that OpenSSL accepts as self-signed and current, and its hash', async () => {
    const { certificate } = await loadHostIdentity(join(folder, 'a.json'));
    const parsed = new X509Certificate(certificate.pem);
    expect(parsed.verify(parsed.publicKey)).toBe(true);
    expect(new Date(parsed.validFrom) < new Date() && new Date() < new Date(parsed.validTo)).toBe(true);
    const multihash = Buffer.concat([Buffer.from([0x12, 0x20]), createHash('sha256').update(parsed.raw).digest()]);
    expect(certificate.certhash).toBe(`u${multihash.toString('base64url')}`);
  });

  it('refuses a damaged file and says what to do, instead of silently changing the address', async () => {
    const file = join(folder, 'damaged.json');
    await writeFile(file, '{"key":"half');
    await expect(loadHostIdentity(file)).rejects.toThrow(/delete it/);
    expect(await readFile(file, 'utf8')).toBe('{"key":"half');
  });

  it.each(['privateKey', 'pem', 'certhash'])('refuses a file whose certificate lacks its %s', async (name) => {
    const file = join(folder, `without-${name}.json`);
    await loadHostIdentity(file);
    const { key, certificate } = JSON.parse(await readFile(file, 'utf8')) as { key: string; certificate: Record<string, string> };
    await writeFile(file, JSON.stringify({ key, certificate: { ...certificate, [name]: undefined } }));
    await expect(loadHostIdentity(file)).rejects.toThrow(/delete it/);
  });
});
