/** Words for the short codes by which the program tells itself what happened; other details (a browser's own message, a name) are shown as they are. */

const details: Readonly<Record<string, string>> = {
  'no-sponsor': 'this network names no sponsor',
  'not-sponsored': 'a sponsor pays for claims and deliveries only',
  'not-the-call': 'the call is not the one that the request names',
  'not-hexadecimal': 'the call is not hexadecimal text',
  'call-too-long': 'the call is longer than any that a sponsor pays for',
  'too-many-units': 'this account holds as many units as the sponsor pays for: deliver one, or let a lease pass',
  'request-unreadable': 'the sponsor could not read the request',
  'answer-unreadable': 'the sponsor gave no answer that can be read',
  'sponsor-silent': 'the sponsor does not answer',
  'sponsored-call-failed': 'the transaction that the sponsor sent failed',
  'claim-expired': 'whoever carries claims took longer than the claim was signed for; asking again signs it anew',
  'settlement-not-seen': 'the payment is not on the chain yet',
  'worker-silent': 'no sign of life for minutes',
  'worker-not-loaded': 'the worker could not be loaded',
  'message-unreadable': 'a message from the worker could not be read',
  'practice-digits-missing': 'the digits of the practice network did not arrive: go online once, and it works offline after that',
  stopped: 'it was stopped',
  'not-json': 'not JSON',
  'not-an-object': 'not a JSON object',
  'not-canonical': 'not the canonical encoding of its value',
};

/**
 * @example
 * detailText('no-sponsor') // 'this network names no sponsor'
 */
export function detailText(detail: string): string {
  return details[detail] ?? detail;
}
