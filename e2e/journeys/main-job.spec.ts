/** The spine of the product: press one button, be paid, keep a receipt that holds and that nobody can alter. */
import { expect, test } from '../fixtures/journey.ts';
import { verifies, withOneAnswerChanged } from '../actors/verifier.ts';

test('a volunteer presses one button, is paid, and keeps a receipt that holds', async ({ volunteer, chain }) => {
  const before = (await chain.settlements()).length;
  await volunteer.contributes();
  await volunteer.isPaid();
  const settled = (await chain.settlements()).slice(before);
  expect(settled).toHaveLength(1);
  expect(settled[0]?.paid).toBe(40_000_000_000_000_000n);

  const receipt = await volunteer.savesReceipt();
  expect(await verifies(receipt)).toMatchObject({ holds: true });
  expect(await verifies(withOneAnswerChanged(receipt))).toMatchObject({ holds: false });
});

test('unit after unit is paid until Stop', async ({ volunteer, chain }) => {
  const before = (await chain.settlements()).length;
  await volunteer.contributes();
  await volunteer.isPaid(2);
  await volunteer.stops();
  await volunteer.sees('Stopped');
  const settled = (await chain.settlements()).slice(before);
  expect(settled.length).toBeGreaterThanOrEqual(2);
  expect(new Set(settled.map(({ unit }) => unit)).size).toBe(settled.length);
});

test('Stop takes effect at once, and what was begun is finished later', async ({ volunteer, chain }) => {
  await volunteer.contributes();
  await volunteer.reaches('prove');
  const before = (await chain.settlements()).length;
  await volunteer.stops();
  await volunteer.sees('Stopped');
  await volunteer.sees('A unit you began is kept here');
  expect(await volunteer.threads()).toBe(0);
  await volunteer.contributes();
  await volunteer.isPaid();
  expect((await chain.settlements()).length).toBe(before + 1);
});

test('the page shows its receipts again after a reload, and checks one', async ({ volunteer }) => {
  await volunteer.contributes();
  await volunteer.isPaid();
  await volunteer.stops();
  const receipt = await volunteer.savesReceipt();
  await volunteer.reloads();
  await volunteer.goesTo('history');
  await volunteer.sees('0.04');
  await volunteer.goesTo('verify');
  await volunteer.checks('receipt.json', receipt);
  await volunteer.sees(/holds/i);
  await volunteer.checks('changed.json', withOneAnswerChanged(receipt));
  await volunteer.sees(/broken/i);
});
