/** The app as something that is installed: isolated wherever it is served, and there without a network. */
import { expect, test } from '../fixtures/journey.ts';
import { Volunteer } from '../actors/volunteer.ts';
import { startPlainHost } from '../fixtures/plain-host.ts';
import { startViteHost } from '../fixtures/vite-host.ts';

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

test('it opens workers from its own files alone, and takes no text for a script', async ({ volunteer }) => {
  const opens = await volunteer.page.evaluate(() => {
    const tries: Readonly<Record<string, () => unknown>> = {
      'a worker made of text': () => new Worker(URL.createObjectURL(new Blob(['1'], { type: 'text/javascript' }))),
      'a worker of another origin': () => new Worker('https://example.org/worker.js'),
      'text as a script’s address': () => (document.createElement('script').src = 'https://example.org/script.js'),
    };
    return Object.entries(tries).flatMap(([name, open]) => {
      try {
        open();
        return [name];
      } catch {
        return [];
      }
    });
  });
  expect(opens).toEqual([]);
});

for (const kind of ['development server', 'preview'] as const) {
  test(`it is isolated in the ${kind}, which stands in front of a running network`, async ({ network, chromium }) => {
    const host = await startViteHost(kind, network.url);
    const context = await chromium.newContext();
    const volunteer = await Volunteer.arrives(context, host.url);
    expect(await volunteer.page.evaluate(() => crossOriginIsolated)).toBe(true);
    await volunteer.contributes();
    await volunteer.isPaid();
    await context.close();
    await host.stop();
  });
}

test('it works under the number of this machine as under its name', async ({ network, chromium }) => {
  const context = await chromium.newContext();
  const volunteer = await Volunteer.arrives(context, network.url.replace('localhost', '127.0.0.1'));
  await volunteer.contributes();
  await volunteer.isPaid();
  await context.close();
});
