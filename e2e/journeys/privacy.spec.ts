/** What must never leave a tab, or lie readable on its disk: the rows, the keys that open them, the account's secret. */
import { expect, test } from '../fixtures/journey.ts';
import { PrivateBytes } from '../fixtures/private-bytes.ts';

test('no row and no key is in anything that the page sends', async ({ volunteer, custodian }) => {
  const sent = await volunteer.isListenedTo();
  await volunteer.contributes();
  await volunteer.isPaid(2);
  await volunteer.stops();
  expect(sent.kinds()).toEqual(expect.arrayContaining(['request', 'data-channel', 'websocket']));
  expect(new PrivateBytes([...custodian.rows(), ...(await custodian.shardKeys())]).countIn(sent.all())).toBe(0);
});

test('the search would find a row that is sent, in bytes, hexadecimal or base64', ({ custodian }) => {
  const secret = new PrivateBytes(custodian.rows());
  const digits = custodian.rows()[3]?.subarray(200, 400) ?? new Uint8Array();
  const text = (encoded: string) => new TextEncoder().encode(`{"data":"${encoded}"}`);
  expect(secret.countIn([digits])).toBeGreaterThan(0);
  expect(secret.countIn([text(`0x${Buffer.from(digits).toString('hex')}`)])).toBeGreaterThan(0);
  expect(secret.countIn([text(Buffer.from(digits).toString('base64'))])).toBeGreaterThan(0);
  expect(secret.countIn([new Uint8Array(4096), text('00'.repeat(64))])).toBe(0);
});

test('what the browser stores holds no row, no shard key and no readable account key', async ({ volunteer, custodian }) => {
  const account = await volunteer.account();
  await volunteer.contributes();
  await volunteer.isPaid();
  await volunteer.stops();
  const stored = await volunteer.diskDump();
  expect(stored.bytes.length).toBeGreaterThan(0);
  expect(new PrivateBytes([...custodian.rows(), ...(await custodian.shardKeys())]).countIn(stored.bytes)).toBe(0);
  expect(stored.opensAccount(account)).toBe(false);
  expect(stored.extractableKeys).toBe(0);
});

test('the chain holds no row', async ({ volunteer, custodian, chain }) => {
  await volunteer.contributes();
  await volunteer.isPaid();
  const written = await chain.everything();
  expect(written.length).toBeGreaterThan(0);
  expect(new PrivateBytes(custodian.rows()).countIn(written)).toBe(0);
});
