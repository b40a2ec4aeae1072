/** The comparison in headless Chromium: both provers in one isolated page, the browser's processes looked at from outside. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { chromium, type Page } from 'playwright';
import { build } from 'vite';
import { ensureChromium } from '../../scripts/find-chromium.ts';
import type { CircuitFiles } from './circuits.ts';
import { cpuOf, peakOf } from './process-tree.ts';
import type { Comparison, Run } from './runs.ts';

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };

/** @param folder where the page is built */
export async function buildBenchPage(folder: string): Promise<void> {
  await build({
    root: path.join(import.meta.dirname, 'page'),
    configFile: false,
    logLevel: 'error',
    base: './',
    worker: { format: 'es' },
    build: { outDir: folder, emptyOutDir: true, target: 'esnext', chunkSizeWarningLimit: 10_000 },
  });
}

export async function compareInChromium(
  folder: string,
  { zkey, wtns }: CircuitFiles,
  rounds: number,
  kernel: string | undefined,
): Promise<Comparison> {
  const found = ensureChromium();
  if (!found.ok) throw new Error(found.failure.advice);
  const server = createServer((request, response) => {
    const name = request.url === '/' ? '/index.html' : (request.url ?? '');
    const file = name === '/zkey' ? zkey : name === '/wtns' ? wtns : path.join(folder, path.normalize(name));
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    response.setHeader('Content-Type', TYPES[path.extname(file)] ?? 'application/octet-stream');
    try {
      response.end(readFileSync(file));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the page is not served');
  const url = `http://127.0.0.1:${address.port}/`;

  const inBrowser = async <Value>(use: (page: Page, pid: number) => Promise<Value>): Promise<Value> => {
    const browser = await chromium.launchServer({ executablePath: found.value, args: ['--no-sandbox'] });
    try {
      const page = await (await chromium.connect(browser.wsEndpoint())).newPage();
      await page.goto(url);
      await page.evaluate(() => window.bench);
      return await use(page, browser.process().pid ?? 0);
    } finally {
      await browser.close();
    }
  };
  const options = kernel === undefined ? {} : { kernel: kernel as 'fused' | 'integer' };
  const peakOfOne = (which: 'peer' | 'ours' | 'nothing') =>
    inBrowser(async (page, pid) => {
      if (which === 'peer') await page.evaluate(async () => (await window.bench).peer());
      if (which === 'ours') await page.evaluate(async (given) => (await window.bench).ours(given), options);
      return peakOf(pid);
    });
  try {
    const { runs, metadata } = await inBrowser(async (page, pid) => {
      const measured = async (wall: () => Promise<number>): Promise<Run> => {
        const before = cpuOf(pid);
        return { wall: await wall(), cpu: cpuOf(pid) - before };
      };
      const [peer, ours, again]: Run[][] = [[], [], []];
      let metadata: object = {};
      // The first round warms up engines and caches, and is not counted.
      for (let round = 0; round <= rounds; round++) {
        const three = [
          await measured(() => page.evaluate(async () => (await window.bench).peer())),
          await measured(() => page.evaluate(async (given) => (await window.bench).ours(given), options)),
          await measured(async () => {
            const once = await page.evaluate(async (given) => (await window.bench).again(given), options);
            ({ metadata } = once);
            return once.wall;
          }),
        ];
        if (round > 0) [peer, ours, again].forEach((list, i) => list.push(three[i]));
      }
      return { runs: { peer, ours, again }, metadata: metadata as Comparison['metadata'] };
    });
    const peaks = { nothing: await peakOfOne('nothing'), peer: await peakOfOne('peer'), ours: await peakOfOne('ours') };
    return { runs, metadata, peaks };
  } finally {
    server.close();
  }
}
