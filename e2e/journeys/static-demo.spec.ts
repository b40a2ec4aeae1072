/** The app with a network of its own inside the tab, on a host that serves files and nothing else. */
import { practiceWords } from '../../messages/en/practice.ts';
import { DEMO_FOLDER, ensureDemo } from '../../devnet/app-build.ts';
import { Visitor } from '../actors/visitor.ts';
import { Volunteer } from '../actors/volunteer.ts';
import { expect, test } from '../fixtures/journey.ts';
import { startPlainHost, type PlainHost } from '../fixtures/plain-host.ts';

let host: PlainHost;

test.beforeAll(async () => {
  await ensureDemo((line) => console.error(line));
  host = await startPlainHost(DEMO_FOLDER, '/projects/prooftab/');
});

test.afterAll(() => host.stop());

test('it works, is paid and gives receipts, under a path of a static host and then without any network', async ({ chromium }) => {
  const context = await chromium.newContext();
  const asked: string[] = [];
  const faults: string[] = [];
  context.on('request', (request) => asked.push(request.url()));
  context.on('weberror', (fault) => faults.push(fault.error().message));
  const volunteer = await Volunteer.arrives(context, `${host.url}#/contribute`);
  volunteer.page.on('websocket', (socket) => asked.push(socket.url()));

  // Reloaded once by itself, through its service worker.
  await volunteer.page.waitForFunction(() => crossOriginIsolated);
  await volunteer.isInstalled();
  expect(await volunteer.installabilityErrors()).toEqual([]);
  await volunteer.sees(practiceWords.label);
  await volunteer.sees(practiceWords.begins);
  await volunteer.contributes();
  await volunteer.isPaid(2);
  const receipt = await volunteer.savesReceipt();
  await volunteer.stops();
  await volunteer.goesTo('verify');
  expect(await volunteer.checks('receipt.json', receipt)).toBe('forgeable');
  const chain = volunteer.page.locator('[data-part="chain"]');
  await expect(chain).toHaveAttribute('data-state', 'holds');

  await volunteer.goesOffline();
  await volunteer.reloads();
  await volunteer.goesTo('contribute');
  await volunteer.sees(practiceWords.begins);
  await volunteer.contributes();
  await volunteer.isPaid();
  // Paid on another chain, of which this one knows nothing: the receipt still stands by itself.
  await volunteer.stops();
  await volunteer.goesTo('verify');
  expect(await volunteer.checks('receipt.json', receipt)).toBe('forgeable');
  await expect(chain).toHaveAttribute('data-state', 'unknown');

  expect(asked.filter((url) => !url.startsWith(host.url))).toEqual([]);
  expect(host.missing).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
});

test('it says on the card that lends the tab that nobody is served', async ({ chromium }) => {
  const context = await chromium.newContext();
  const visitor = await Visitor.arrives(context, host.url);
  await visitor.page.waitForFunction(() => crossOriginIsolated);
  await visitor.proves();
  const card = visitor.page.getByTestId('lend');
  await card.getByText(practiceWords.label).waitFor();
  await card.getByText(practiceWords.lend(60)).waitFor();
  await context.close();
});
