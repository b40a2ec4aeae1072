/** Sealed shards travel from tab to tab: without the custodian, over a direct link, and on after the relay has died. */
import { expect, test } from '../fixtures/journey.ts';

// Nothing lies on the market but what the test asks for, so that both volunteers need the very same shards.
test.use({ work: { units: 2, leastOpen: 0 } });

test('the second tab gets the sealed shard from the first, and both outlive the relay', async ({ arrives, custodian, requester, relay, chain }) => {
  const first = await arrives();
  await requester.asksFor([0, 1]);
  await first.contributes();
  await first.isPaid(2);

  // The first stays in the network with both sealed shards. It gets no more work, since nobody pays its fees.
  await first.losesItsSponsor();
  await custodian.stops();
  await requester.asksFor([0]);
  const second = await arrives();
  await second.contributes();
  await second.waitsFor('custodian');
  const source = await second.shardSource();
  expect(source).toEqual({ peer: expect.stringMatching(/^12D3KooW/), direct: true });
  expect(custodian.peers()).not.toContain(source.peer);

  await relay.dies();
  await custodian.returns();
  await second.isPaid(1);

  await custodian.stops();
  await requester.asksFor([1]);
  await second.waitsFor('custodian');
  // The same peer, over the same link: there is no relay that could have made another.
  expect(await second.shardSource()).toEqual(source);
  await custodian.returns();
  await second.isPaid(2);
  const [one, other] = [await first.address(), await second.address()];
  expect((await chain.settlements()).map(({ beneficiary }) => beneficiary)).toEqual([one, one, other, other]);
});
