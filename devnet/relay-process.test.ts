import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { choosePort } from './ports.ts';
import { startRelayProcess } from './relay-process.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

it('listens where it says, leaves its port when killed, and comes back under the same address', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'prooftab-relay-'));
  folders.push(folder);
  const options = { port: await choosePort(0), chainId: 31337, keyFile: path.join(folder, 'relay.json') };
  const relay = await startRelayProcess(options);
  expect(relay.addresses.every((address) => address.startsWith(`/ip4/127.0.0.1/tcp/${options.port}/ws/p2p/`))).toBe(true);
  expect(await answers(options.port)).toBe(true);
  await relay.kill();
  await relay.stop();
  expect(await answers(options.port)).toBe(false);
  const again = await startRelayProcess(options);
  expect(again.addresses).toEqual(relay.addresses);
  await again.stop();
  expect(await answers(options.port)).toBe(false);
});
