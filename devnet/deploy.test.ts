import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createChainClient } from '../src/consensus/evm/chain-client.ts';
import { createEvmLedger } from '../src/consensus/evm/evm-ledger.ts';
import { createWalletSender } from '../src/consensus/evm/wallet-sender.ts';
import { answered, requester, volunteer } from '../src/consensus/ledger-suite.ts';
import { openChain, startAnvil } from './chain.ts';
import { deploy } from './deploy.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'prooftab-deploy-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the embedded chain', () => {
  it('ends when told to, leaving no process, and resumes with all that it held', async () => {
    const stateFile = join(folder, 'deep', 'chain.json');
    const addressFile = join(folder, 'deep', 'addresses.json');
    const first = await startAnvil({ stateFile });
    const network = await deploy({ rpcUrl: first.rpcUrl, deployer: requester, addressFile });
    const { block } = await answered(createEvmLedger(network, createWalletSender(network, requester)).read({ read: 'clock' }));
    await first.stop();
    expect(() => process.kill(first.pid ?? 0, 0)).toThrow('ESRCH');

    const second = await startAnvil({ stateFile });
    try {
      const again = await deploy({ rpcUrl: second.rpcUrl, deployer: requester, addressFile });
      expect(again).toEqual({ ...network, rpcUrl: second.rpcUrl });
      const ledger = createEvmLedger(again, createWalletSender(again, requester));
      expect(await answered(ledger.read({ read: 'balance', of: requester.address }))).toBe(10n ** 27n);
      expect((await answered(ledger.read({ read: 'clock' }))).block).toBe(block);
    } finally {
      await second.stop();
    }
  });

  it('does not outlive the process that started it, however that ends', async () => {
    const script = `const { startAnvil } = await import('./devnet/chain.ts'); console.log((await startAnvil()).pid);`;
    const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    expect(process.kill(pid, 0)).toBe(true);
    parent.kill('SIGKILL');
    await vi.waitFor(() => {
      expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    }, 20_000);
  });

  it('says so when its port is taken', async () => {
    const running = await startAnvil();
    try {
      await expect(startAnvil({ port: Number(new URL(running.rpcUrl).port) })).rejects.toThrow('is taken');
    } finally {
      await running.stop();
    }
  });

  it('says what is wrong when it cannot start', async () => {
    const stateFile = join(folder, 'broken.json');
    writeFileSync(stateFile, 'not a state');
    await expect(startAnvil({ stateFile })).rejects.toThrow('anvil ended before it was ready');
  });

  it('is not started where an endpoint is named, and that endpoint is left running', async () => {
    const theirs = await startAnvil({ chainId: 4242 });
    try {
      const chain = await openChain({}, theirs.rpcUrl);
      expect(chain).toMatchObject({ rpcUrl: theirs.rpcUrl, chainId: 4242, pid: null });
      await chain.stop();
      expect(await createChainClient(theirs).getChainId()).toBe(4242);
    } finally {
      await theirs.stop();
    }
  });
});

describe('deploying', () => {
  it('puts new contracts where the known ones are gone, or the file is not to be trusted', async () => {
    const addressFile = join(folder, 'addresses.json');
    const chain = await startAnvil();
    try {
      const first = await deploy({ rpcUrl: chain.rpcUrl, deployer: requester, addressFile });
      expect(await deploy({ rpcUrl: chain.rpcUrl, deployer: volunteer, addressFile })).toEqual(first);
      const written = readFileSync(addressFile, 'utf8');
      for (const broken of [
        '{',
        '[]',
        'null',
        written.replace('31337', '1'),
        written.replace(first.market, requester.address),
        written.replace(first.market, '0x12'),
        written.replace(/"code": "0x../, '"code": "0x00'),
      ]) {
        writeFileSync(addressFile, broken);
        const next = await deploy({ rpcUrl: chain.rpcUrl, deployer: requester, addressFile });
        expect(next.market, broken.slice(0, 60)).not.toBe(first.market);
        expect((await createChainClient(chain).getCode({ address: next.market }))?.length).toBeGreaterThan(2);
      }
    } finally {
      await chain.stop();
    }
  });
});
