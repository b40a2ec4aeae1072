/** What a tab and a sponsor say to each other (§10): JSON that is read, and JSON that is refused. */
import { named } from './named.ts';

const data = '0x0badf00d';
const tx = named('tx');

export function sponsorVectors(): unknown {
  return {
    requests: ['claim', 'settle'].map((action) => ({ action, data })),
    refusedRequests: [
      { name: 'a call that no sponsor pays for', json: { action: 'post', data } },
      { name: 'no call', json: { action: 'claim' } },
      { name: 'half a byte', json: { action: 'claim', data: '0x0' } },
      { name: 'more than 8 KiB', json: { action: 'claim', data: `0x${'00'.repeat(8193)}` } },
      { name: 'a list', json: ['claim', data] },
    ],
    answers: [
      { ok: true, tx },
      { ok: false, failure: { kind: 'sponsor-refused', detail: 'rate' } },
      { ok: false, failure: { kind: 'chain-down', detail: 'no answer' } },
      { ok: false, failure: { kind: 'reverted', error: 'NotOpen', args: ['1800000600'] } },
    ],
    refusedAnswers: [
      { name: 'a transaction of 31 bytes', json: { ok: true, tx: tx.slice(0, -2) } },
      { name: 'a kind of failure that nobody knows', json: { ok: false, failure: { kind: 'moody', detail: '' } } },
      { name: 'nothing', json: null },
    ],
  };
}
