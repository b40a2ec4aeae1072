/** The app as something that is installed: isolated wherever it is served, and there without a network. */
import { expect, test } from '../fixtures/journey.ts';
import { startPlainHost } from '../fixtures/plain-host.ts';

test('it opens again without any network, receipts and checking included', async ({ volunteer }) => {
  await volunteer.contributes();
  await volunteer.isPaid();
  await volunteer.stops();
  const receipt = await volunteer.savesReceipt();
  await volunteer.isInstalled();
  await volunteer.goesOffline();
  await volunteer.reloads();
  await volunteer.goesTo('history');
  await volunteer.sees('0.04');
  await volunteer.goesTo('verify');
  expect(await volunteer.checks('receipt.json', receipt)).toBe('forgeable');
});

test('it can be installed', async ({ volunteer }) => {
  await volunteer.isInstalled();
  expect(await volunteer.installabilityErrors()).toEqual([]);
});

test('it is isolated here, and on a static host that sends no headers', async ({ volunteer, chromium }) => {
  expect(await volunteer.page.evaluate(() => crossOriginIsolated)).toBe(true);
  const host = await startPlainHost();
  const context = await chromium.newContext();
  const page = await context.newPage();
  await page.goto(host.url);
  await page.waitForFunction(() => crossOriginIsolated);
  await context.close();
  await host.stop();
});
