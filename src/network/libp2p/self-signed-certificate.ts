/** A self-signed P-256 certificate for WebRTC-direct, kept across restarts so that a host's address, which carries its hash, stays the same. */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** What @libp2p/webrtc asks for: PEM texts, and the hash as multibase base64url of a SHA-256 multihash. */
export interface HostCertificate {
  readonly privateKey: string;
  readonly pem: string;
  readonly certhash: string;
}

/** DER tags (ITU-T X.690). */
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const UTF8_STRING = 0x0c;
const GENERALIZED_TIME = 0x18;
const SEQUENCE = 0x30;
const SET = 0x31;
const EXPLICIT_0 = 0xa0;

/** ecdsa-with-SHA256 (1.2.840.10045.4.3.2) and commonName (2.5.4.3), RFC 5758 and RFC 5280. */
const ECDSA_SHA256 = Buffer.from('06082a8648ce3d040302', 'hex');
const COMMON_NAME = Buffer.from('0603550403', 'hex');

/** Peers check the hash in the address and nothing else, so the dates only have to include today. */
export function selfSignedCertificate(): HostCertificate {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = der(SEQUENCE, ECDSA_SHA256);
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8_STRING, Buffer.from('prooftab')))));
  const validity = der(SEQUENCE, der(GENERALIZED_TIME, Buffer.from('20240101000000Z')), der(GENERALIZED_TIME, Buffer.from('20991231235959Z')));
  // The serial's first byte is kept between 1 and 127: DER integers are signed and minimal.
  const serial = Buffer.concat([Buffer.from([0x40]), randomBytes(15)]);
  const version3 = der(EXPLICIT_0, der(INTEGER, Buffer.from([2])));
  const body = der(SEQUENCE, version3, der(INTEGER, serial), algorithm, name, validity, name, keys.publicKey.export({ type: 'spki', format: 'der' }));
  const certificate = der(SEQUENCE, body, algorithm, der(BIT_STRING, Buffer.from([0]), sign('sha256', body, keys.privateKey)));
  return {
    privateKey: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    pem: `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64').replace(/.{64}/g, '$&\n').trimEnd()}\n-----END CERTIFICATE-----\n`,
    certhash: `u${Buffer.concat([Buffer.from([0x12, 0x20]), createHash('sha256').update(certificate).digest()]).toString('base64url')}`,
  };
}

function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const length =
    content.length < 128 ? [content.length] : content.length < 256 ? [0x81, content.length] : [0x82, content.length >> 8, content.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}
