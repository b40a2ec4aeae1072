/** A receipt in a link: its bytes stand after the #, which a browser sends to nobody. */
import { fail, ok, type Result } from '../protocol/result.ts';

/** What one QR code holds of bytes, version 40 with low error correction (ISO/IEC 18004). */
export const MAX_CODE_BYTES = 2_953;
const PLACE = '#/verify/';

/**
 * @param base the app's address, without a fragment
 * @example
 * receiptLink('https://example.org/', new Uint8Array([251, 255])) // 'https://example.org/#/verify/-_8'
 */
export function receiptLink(base: string, receipt: Uint8Array): string {
  const binary = Array.from(receipt, (byte) => String.fromCharCode(byte)).join('');
  return `${base}${PLACE}${btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`;
}

export type NoLink = { readonly kind: 'no-link' };

/**
 * The receipt's bytes in a link, in a link's fragment, or in text around a link.
 * @example
 * receiptInLink('#/verify/-_8') // { ok: true, value: new Uint8Array([251, 255]) }
 * @example
 * receiptInLink('https://example.org/') // { ok: false, failure: { kind: 'no-link' } }
 */
export function receiptInLink(text: string): Result<Uint8Array<ArrayBuffer>, NoLink> {
  const carried = /#\/verify\/([A-Za-z0-9_-]+)/.exec(text)?.[1];
  if (carried === undefined || carried.length % 4 === 1) return fail({ kind: 'no-link' });
  const binary = atob(carried.replaceAll('-', '+').replaceAll('_', '/'));
  return ok(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
}
