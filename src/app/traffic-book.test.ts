import { expect, it } from 'vitest';
import { emptyBook, privateBytes, withNetwork, withSent } from './traffic-book.ts';

it('adds each message to its category, and private stays zero', () => {
  const sent = [
    { report: 'sent', what: 'claim', bytes: 600 },
    { report: 'sent', what: 'key-request', bytes: 100 },
    { report: 'sent', what: 'claim', bytes: 12 },
    { report: 'sent', what: 'answers-and-proof', bytes: 1_188 },
  ] as const;
  const book = withNetwork(sent.reduce(withSent, emptyBook), { bytesIn: 5, bytesOut: 9_000, peers: 2 });
  expect(book).toMatchObject({ sent: { claim: 612, 'key-request': 100, 'answers-and-proof': 1_188 }, served: 9_000, received: 5, peers: 2 });
  expect(privateBytes(book)).toBe(0);
});

it('ignores what did not leave the device', () => {
  expect(withSent(emptyBook, { report: 'fetched', what: 'shard', bytes: 9, from: 'heron', direct: true })).toBe(emptyBook);
});
