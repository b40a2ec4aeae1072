/** `npm start`: brings the embedded network up, serves the app, prints one URL, then a line for each thing that happens. Ctrl-C ends all of it. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { APP_FOLDER, REPOSITORY, ensureApp } from './app-build.ts';
import { keysFolder } from './network-keys.ts';
import { USUAL_PORTS, startNetwork, type Network } from './network.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: String(USUAL_PORTS.web) },
    'chain-port': { type: 'string', default: String(USUAL_PORTS.chain) },
    'relay-port': { type: 'string', default: String(USUAL_PORTS.relay) },
    'custodian-port': { type: 'string', default: String(USUAL_PORTS.custodian) },
  },
});

const began = performance.now();
const tell = (line: string) => console.log(`${new Date().toTimeString().slice(0, 8)}  ${line}`);

/** A signal may come while parts are still starting: what has started by then is stopped too. */
let starting: Promise<Network> | null = null;
let ending = false;
const building = new AbortController();
function end(): void {
  if (ending) return;
  ending = true;
  building.abort();
  console.log('\nstopping…');
  const stopped = starting?.then((network) => network.stop()) ?? Promise.resolve();
  void stopped.catch((error: unknown) => console.error(error)).finally(() => process.exit());
}
process.on('SIGINT', end);
process.on('SIGTERM', end);
process.on('SIGHUP', end);

await ensureApp(tell, building.signal).catch((error: unknown) => {
  if (ending) return;
  console.error(`The app did not build: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
if (!ending) {
  starting = startNetwork({
    home: process.env['PROOFTAB_HOME'] ?? path.join(REPOSITORY, '.prooftab'),
    keys: keysFolder(),
    app: APP_FOLDER,
    ports: {
      web: Number(values.port),
      chain: Number(values['chain-port']),
      relay: Number(values['relay-port']),
      custodian: Number(values['custodian-port']),
    },
    tell,
  });
  const network = await starting.catch((error: unknown) => {
    console.error(`The network did not start: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  });
  if (!ending) {
    tell(
      `ready in ${((performance.now() - began) / 1000).toFixed(1)} s. Development keys: anyone could forge these proofs, and the credits are worth nothing.`,
    );
    console.log(`\n  ${network.url}\n`);
  }
}
