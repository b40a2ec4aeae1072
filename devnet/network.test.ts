import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { startAnvil } from './chain.ts';
import { keysFolder } from './network-keys.ts';
import { startNetwork } from './network.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

it('deploys on a chain of someone else’s, and says why a development key is refused there', async () => {
  const home = await mkdtemp(path.join(tmpdir(), 'prooftab-elsewhere-'));
  const chain = await startAnvil({ chainId: 4711 });
  vi.stubEnv('PROOFTAB_RPC_URL', chain.rpcUrl);
  const options = { home, keys: keysFolder(), app: home, ports: 'free', tell: () => undefined } as const;
  await expect(startNetwork(options)).rejects.toThrow('PROOFTAB_KEY');
  vi.stubEnv('PROOFTAB_KEY', '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80');
  await expect(startNetwork(options)).rejects.toThrow('its key is a development key, whose secret is public');
  expect(existsSync(path.join(home, 'contracts.json'))).toBe(true);
  await chain.stop();
  await rm(home, { recursive: true });
}, 180_000);
