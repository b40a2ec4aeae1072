/** The spine of the product: press one button, be paid, keep a receipt that holds and that nobody can alter. */
import { expect, test } from '../fixtures/journey.ts';
import { snarkjsVerifies, unitOf, verifies, withAnotherIdBeside, withOneAnswerChanged } from '../actors/verifier.ts';

test('a volunteer presses one button, is paid, and keeps a receipt that holds', async ({ volunteer, chain }) => {
  const account = await volunteer.account();
  await volunteer.contributes();
  await volunteer.isPaid();
  const receipt = await volunteer.savesReceipt();
  const settled = await chain.settlementsTo(account);
  expect(settled.filter(({ unit }) => unit === unitOf(receipt)).map(({ paid }) => paid)).toEqual([40_000_000_000_000_000n]);

  expect(await verifies(receipt)).toMatchObject({ holds: true });
  const changed = withOneAnswerChanged(receipt);
  expect(await verifies(changed)).toMatchObject({ holds: false });
  expect(await snarkjsVerifies(changed)).toMatchObject({ holds: false });
});

test('a browser that lacks X25519 gets its keys on P-256, and is paid', async ({ arrives }) => {
  const volunteer = await arrives((newcomer) => newcomer.lacksX25519());
  await volunteer.contributes();
  await volunteer.isPaid();
});

test('unit after unit is paid until Stop', async ({ volunteer, chain }) => {
  const account = await volunteer.account();
  await volunteer.contributes();
  await volunteer.isPaid(2);
  await volunteer.stops();
  const settled = await chain.settlementsTo(account);
  expect(settled.length).toBeGreaterThanOrEqual(2);
  expect(new Set(settled.map(({ unit }) => unit)).size).toBe(settled.length);
});

test('Stop takes effect at once, and what was begun is finished later', async ({ volunteer, chain }) => {
  const account = await volunteer.account();
  await volunteer.contributes();
  await volunteer.reaches('prove');
  const begun = await chain.claimsOf(account);
  expect(await volunteer.threads()).not.toEqual([]);
  await volunteer.stops();
  await volunteer.sees('What was finished is kept');
  await expect.poll(() => volunteer.threads()).toEqual([]);
  await volunteer.contributes();
  await volunteer.isPaid();
  const [paid] = await chain.settlementsTo(account);
  expect([paid?.unit]).toEqual(begun.map(({ unit }) => unit));
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
  // It adds up, made with a development key: the page says that anyone could have forged it.
  expect(await volunteer.checks('receipt.json', receipt)).toBe('forgeable');
  await volunteer.sees('It adds up, but could be forged');
  expect(await volunteer.checks('changed.json', withOneAnswerChanged(receipt))).toBe('broken');
  await volunteer.sees('Do not trust this receipt');
  expect(await volunteer.checks('other-id.json', withAnotherIdBeside(receipt))).toBe('broken');
  await volunteer.sees('The file tells two stories');
});
