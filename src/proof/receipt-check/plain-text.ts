/** Text from outside, made fit to stand in a sentence: whoever wrote a file must not write on the terminal of whoever checks it. */

/** A sentence needs no more of it. */
const LONGEST = 200;

/**
 * One line, without characters that move a cursor, change colours or turn the direction of reading.
 * @example
 * plainText('unknown key \u001b[2J') // 'unknown key �[2J'
 */
export function plainText(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd');
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST)}…` : plain;
}
