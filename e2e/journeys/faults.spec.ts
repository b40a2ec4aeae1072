/** What a person reads when something fails, that nothing is lost by it, and that work goes on when it is mended. */
import { expect, test } from '../fixtures/journey.ts';

test('the chain is down: the page says so, waits, and goes on', async ({ volunteer, chain }) => {
  await volunteer.contributes();
  await volunteer.reaches('read');
  await chain.goesDown();
  await volunteer.waitsFor('chain');
  await volunteer.sees('Waiting for the chain');
  await chain.returns();
  await volunteer.isPaid();
});

test('the relay is down: work goes on by direct links', async ({ volunteer, relay }) => {
  await relay.dies();
  await volunteer.contributes();
  await volunteer.isPaid();
});

test('the relay and the custodian are away before anyone comes: the page says what it waits for, and goes on as each returns', async ({
  volunteer,
  relay,
  custodian,
}) => {
  await relay.dies();
  await custodian.stops();
  await volunteer.contributes();
  await volunteer.waitsFor('relay');
  await volunteer.sees('Waiting for the relay');
  await relay.returns();
  await volunteer.waitsFor('peers');
  await custodian.returns();
  await volunteer.isPaid();
});

test('the custodian vanishes: the page says so, waits, and goes on', async ({ volunteer, custodian }) => {
  await custodian.stops();
  await volunteer.contributes();
  await volunteer.waitsFor('peers');
  await volunteer.sees('Waiting for a peer');
  await custodian.returns();
  await volunteer.isPaid();
});

test('the claim runs out while the proof is made: it is claimed again, and the proof is not lost', async ({ arrives, chain, sponsor }) => {
  const delivery = sponsor.holdsDeliveries();
  const volunteer = await arrives(delivery.of);
  const account = await volunteer.account();
  await volunteer.contributes();
  await volunteer.reaches('prove');
  await chain.movesOn(301);
  delivery.letGo();
  await volunteer.isPaid();
  const [paid] = await chain.settlementsTo(account);
  expect(paid?.calldata).toBe(await delivery.calldata);
  const claims = await chain.claimsOf(account);
  expect(claims.filter(({ unit }) => unit === paid?.unit)).toHaveLength(2);
});

test('the claim runs out and someone else takes the unit: the page says so, and takes the next one', async ({ arrives, chain, rival, sponsor }) => {
  const delivery = sponsor.holdsDeliveries();
  const volunteer = await arrives(delivery.of);
  const account = await volunteer.account();
  await volunteer.contributes();
  await delivery.calldata;
  await chain.movesOn(301);
  await rival.takesTheUnitOf(account);
  delivery.letGo();
  await volunteer.fails('The claim on this unit ran out');
  await volunteer.isPaid();
});

test('the browser says that there is no room: nothing that does not fit is downloaded', async ({ volunteer }) => {
  await volunteer.isToldOfRoomFor(2_000_000);
  const received = volunteer.downloads();
  await volunteer.contributes();
  await volunteer.fails('This browser has no room left');
  await volunteer.sees(/33\.\d MB are needed and [\d.]+ K?B are free/);
  expect(received.filter(({ bytes }) => bytes > 1_000_000)).toEqual([]);
});

test('there is no room although the browser says so: the page finds out before it downloads, and goes on once there is', async ({ arrives }) => {
  // Before the page opens: Chromium remembers for a while how much room there was when it last looked.
  const volunteer = await arrives((newcomer) => newcomer.hasRoomFor(30_000_000));
  const received = volunteer.downloads();
  await volunteer.contributes();
  await volunteer.fails('This browser has no room left');
  expect(received.filter(({ bytes }) => bytes > 1_000_000)).toEqual([]);
  await volunteer.hasRoomFor(1_000_000_000);
  await volunteer.contributes();
  await volunteer.isPaid();
});

test('there is no room even for an account: the page says so, and makes one once there is', async ({ arrives }) => {
  const volunteer = await arrives((newcomer) => newcomer.hasRoomFor(1));
  await volunteer.sees('This browser has no room left for an account');
  await volunteer.hasRoomFor(1_000_000_000);
  await volunteer.reloads();
  await volunteer.account();
});

test('a stored file that was damaged is fetched again', async ({ volunteer }) => {
  await volunteer.contributes();
  await volunteer.isPaid();
  await volunteer.stops();
  expect(await volunteer.damagesStoredFiles()).toBeGreaterThan(0);
  await volunteer.reloads();
  await volunteer.contributes();
  await volunteer.isPaid();
});

for (const [file, called] of [
  ['model', 'The model'],
  ['shard-list', 'The list of sealed shards'],
] as const) {
  test(`a mirror that sends another ${file} is found out and named, where nobody else has the right one`, async ({
    volunteer,
    mirror,
    custodian,
  }) => {
    await mirror.falsifies(file, volunteer);
    await custodian.stops();
    await volunteer.contributes();
    await volunteer.fails(`${called} that arrived is not the one the chain names`);
    await volunteer.sees(`(sent by ${mirror.url})`);
  });
}

test('the contract refuses the proof: the page says so, and takes another unit', async ({ arrives, sponsor, chain }) => {
  const volunteer = await arrives((comer) => sponsor.spoilsProofsOf(comer));
  const account = await volunteer.account();
  await volunteer.contributes();
  await volunteer.fails('The contract did not accept the proof');
  await volunteer.sees('No payment was made');
  expect(await chain.settlementsTo(account)).toEqual([]);
  await sponsor.isHonestAgainTo(volunteer);
  await volunteer.contributes();
  await volunteer.isPaid();
});
