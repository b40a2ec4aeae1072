/** A newer version arrives while people are at work: nobody loses a unit, and a tab between two versions says so. */
import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { APP_FOLDER } from '../../devnet/app-build.ts';
import { keysFolder } from '../../devnet/network-keys.ts';
import { startNetwork, type Network } from '../../devnet/network.ts';
import { shellWords } from '../../messages/en/shell.ts';
import { Visitor } from '../actors/visitor.ts';
import { Volunteer } from '../actors/volunteer.ts';
import { expect, test as base } from '../fixtures/journey.ts';

/** A network that serves a copy of the app, which a test may replace. */
const test = base.extend<{ readonly served: { readonly network: Network; readonly app: string } }>({
  served: async ({ chromium: _ }, use) => {
    const home = await mkdtemp(path.join(tmpdir(), 'prooftab-versions-'));
    const app = path.join(home, 'app');
    await cp(APP_FOLDER, app, { recursive: true });
    const network = await startNetwork({
      home: path.join(home, 'network'),
      keys: keysFolder(),
      app,
      ports: 'free',
      work: { units: 4, leastOpen: 4 },
      tell: () => {},
    });
    await use({ network, app });
    await network.stop();
    await rm(home, { recursive: true, force: true });
  },
});

test('one tab takes it while another works: that one goes on, is paid, and takes it then', async ({ chromium, served }) => {
  const context = await chromium.newContext();
  const volunteer = await Volunteer.arrives(context, served.network.url);
  await volunteer.isInstalled();
  await volunteer.contributes();
  await volunteer.reaches('prove');

  const visitor = await Visitor.arrives(context, served.network.url);
  await appendFile(path.join(served.app, 'service-worker.js'), '\n// A newer version.\n');
  await visitor.page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  const taken = visitor.page.waitForEvent('load');
  await visitor.page.getByTestId('update').getByRole('button', { name: shellWords.update.action }).click();
  await taken;

  await volunteer.page.getByTestId('behind').waitFor();
  await volunteer.isPaid();
  const reloaded = volunteer.page.waitForEvent('load');
  await volunteer.stops();
  await reloaded;
  await expect(volunteer.page.getByTestId('behind')).toHaveCount(0);
  await volunteer.goesTo('history');
  await expect(volunteer.page.getByTestId('kept-receipt')).not.toHaveCount(0);
  await context.close();
});

test('a tab whose part is gone says so, and is whole again after a reload', async ({ chromium, network }) => {
  const context = await chromium.newContext();
  const visitor = await Visitor.arrives(context, network.url);
  await visitor.answer();
  await context.route(/assets\/about-page-[\w-]+\.(js|css)$/, (route) => route.fulfill({ status: 404 }));
  await visitor.goesTo('about');
  await visitor.page.getByTestId('torn').waitFor();
  await context.unrouteAll();
  await visitor.page.getByRole('button', { name: shellWords.torn.action }).click();
  await expect(visitor.page.getByRole('heading', { level: 1 })).not.toHaveText('');
  await expect(visitor.page.getByTestId('torn')).toHaveCount(0);
  await context.close();
});
