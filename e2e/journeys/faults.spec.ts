/** What a person reads when something fails, that nothing is lost by it, and that work goes on when it is mended. */
import { expect, test } from '../fixtures/journey.ts';

test('the chain is down: the page says so, waits, and goes on', async ({ volunteer, chain }) => {
  await volunteer.contributes();
  await volunteer.reaches('read');
  await chain.goesDown();
  await volunteer.sees('Waiting for the chain');
  await chain.returns();
  await volunteer.isPaid();
});

test('the relay is down: work goes on by direct links', async ({ volunteer, relay }) => {
  await relay.dies();
  await volunteer.contributes();
  await volunteer.isPaid();
});

test('the custodian vanishes: the page says so, waits, and goes on', async ({ volunteer, custodian }) => {
  await custodian.stops();
  await volunteer.contributes();
  await volunteer.sees(/Waiting for (the custodian|a peer)/);
  await custodian.returns();
  await volunteer.isPaid();
});

test('the claim runs out while the proof is made: it is claimed again, and the proof is not lost', async ({ volunteer, chain }) => {
  const before = (await chain.settlements()).length;
  await volunteer.contributes();
  await volunteer.reaches('prove');
  await chain.movesOn(301);
  await volunteer.isPaid();
  expect((await chain.settlements()).length).toBe(before + 1);
});

test('the claim runs out and someone else takes the unit: the page says so, and takes the next one', async ({ volunteer, chain, rival }) => {
  await volunteer.contributes();
  await volunteer.reaches('prove');
  await chain.movesOn(301);
  await rival.takesTheUnitLastClaimed();
  await volunteer.sees('The claim on this unit ran out');
  await volunteer.isPaid();
});

test('the browser says that there is no room: nothing that does not fit is downloaded', async ({ volunteer }) => {
  await volunteer.isToldOfRoomFor(2_000_000);
  const received = volunteer.downloads();
  await volunteer.contributes();
  await volunteer.sees('This browser has no room left');
  await volunteer.sees(/33\.\d MB are needed and [\d.]+ K?B are free/);
  expect(received.filter(({ bytes }) => bytes > 1_000_000)).toEqual([]);
});

test('there is no room although the browser says so: the page finds out before it downloads, and goes on once there is', async ({ arrives }) => {
  // Before the page opens: Chromium remembers for a while how much room there was when it last looked.
  const volunteer = await arrives((newcomer) => newcomer.hasRoomFor(30_000_000));
  const received = volunteer.downloads();
  await volunteer.contributes();
  await volunteer.sees('This browser has no room left');
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
  await volunteer.hasAnAccount();
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

test('a mirror that sends a wrong model is found out', async ({ volunteer, network }) => {
  await volunteer.page.route('**/blobs/*', (route) => route.fulfill({ body: Buffer.from('not what was asked for') }));
  await network.custodian.stop();
  await volunteer.contributes();
  await volunteer.sees(/is not the one the chain names|Nobody who can be reached has/);
  await network.custodian.start();
});
