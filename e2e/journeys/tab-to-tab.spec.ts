/** Sealed shards travel from tab to tab: without the custodian, over a direct link, and on after the relay has died. */
import { expect, test } from '../fixtures/journey.ts';

// Nothing lies on the market but what the test asks for, so that both volunteers need the very same shards.
test.use({ work: { units: 2, leastOpen: 0 } });

test('the second tab gets the sealed shard from the first, and both outlive the relay', async ({
  arrives,
  custodian,
  requester,
  relay,
  chain,
  sponsor,
}) => {
  const first = await arrives();
  const one = await first.account();
  await requester.asksFor([0, 1]);
  await first.contributes();
  await first.isPaid(2);

  // The first stays in the network with both sealed shards. It gets no more work, since nobody pays its fees.
  await sponsor.leaves(first);
  await custodian.stops();
  await requester.asksFor([0]);
  const second = await arrives();
  const other = await second.account();
  await second.contributes();
  await second.waitsFor('custodian');
  const fromTheFirst = { peer: await first.peer(), direct: true };
  expect(fromTheFirst.peer).toMatch(/^12D3KooW/);
  expect(await second.shardSource()).toEqual(fromTheFirst);

  await relay.dies();
  await custodian.returns();
  await second.isPaid(1);

  await custodian.stops();
  await requester.asksFor([1]);
  await second.waitsFor('custodian');
  // Over the same link: there is no relay that could have made another.
  expect(await second.shardSource()).toEqual(fromTheFirst);
  await custodian.returns();
  await second.isPaid(2);
  expect((await chain.settlements()).map(({ beneficiary }) => beneficiary)).toEqual([one, one, other, other]);
});
