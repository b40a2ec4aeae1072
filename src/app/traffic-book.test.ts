import { expect, it } from 'vitest';
import { emptyBook, privateBytes, withNetwork, withReported } from './traffic-book.ts';

it('adds each message to its category, and private stays zero', () => {
  const sent = [
    { report: 'sent', what: 'claim', bytes: 600 },
    { report: 'sent', what: 'key-request', bytes: 100 },
    { report: 'sent', what: 'claim', bytes: 12 },
    { report: 'sent', what: 'answers-and-proof', bytes: 1_188 },
  ] as const;
  const book = withNetwork(sent.reduce(withReported, emptyBook), { self: 'wren', bytesIn: 5, bytesOut: 9_000, peers: 2 });
  expect(book).toMatchObject({
    sent: { claim: 612, 'key-request': 100, 'answers-and-proof': 1_188 },
    served: 9_000,
    received: 5,
    peers: 2,
    self: 'wren',
  });
  expect(privateBytes(book)).toBe(0);
});

it('adds up what arrived, by kind, with where the last of it came from', () => {
  const arrived = [
    { report: 'fetched', what: 'shard', bytes: 3_292, from: 'heron', direct: true },
    { report: 'fetched', what: 'shard', bytes: 3_292, from: 'lark', direct: true },
  ] as const;
  expect(arrived.reduce(withReported, emptyBook).arrived).toEqual({ shard: { bytes: 6_584, from: 'lark', direct: true } });
});

it('ignores what did not cross the edge', () => {
  expect(withReported(emptyBook, { report: 'step', step: 'prove', state: 'now', part: 0.5, seconds: null })).toBe(emptyBook);
});
