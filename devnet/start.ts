/** `npm start`: brings the embedded network up, serves the app, prints one URL, then a line for each thing that happens. Ctrl-C ends all of it. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { terminalWords } from '../messages/en/terminal.ts';
import { APP_FOLDER, REPOSITORY, ensureApp } from './app-build.ts';
import { keysFolder } from './network-keys.ts';
import { USUAL_PORTS, startNetwork } from './network.ts';
import { whenOrphaned } from './when-orphaned.ts';

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
const building = new AbortController();
const starting = startNetwork({
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
let ending = false;

async function end(exitCode: number): Promise<void> {
  if (ending) return;
  ending = true;
  building.abort();
  const network = await starting.catch(() => null);
  await network?.stop().catch((error: unknown) => console.error(error));
  process.exit(exitCode);
}

function endOnSignal(): void {
  console.log(terminalWords.stopping);
  void end(0);
}
process.on('SIGINT', endOnSignal);
process.on('SIGTERM', endOnSignal);
process.on('SIGHUP', endOnSignal);
whenOrphaned(endOnSignal);

try {
  // The app is built in a process of its own, beside the network's start.
  const [network] = await Promise.all([starting, ensureApp(tell, building.signal)]);
  if (!ending) {
    tell(terminalWords.ready((performance.now() - began) / 1000));
    console.log(terminalWords.at(`${network.url}#/contribute`));
  }
} catch (error) {
  if (!ending) {
    console.error(terminalWords.didNotStart(error instanceof Error ? error.message : String(error)));
    await end(1);
  }
}
