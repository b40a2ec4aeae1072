/** The visitor's path in Chromium on this machine: how long each step takes, and the longest that the page stands still meanwhile. */
import type { Browser } from 'playwright';
import { Visitor } from '../../e2e/actors/visitor.ts';

/** Milliseconds; of a browser that was never here, and then of the same page again with everything kept. */
export interface PathTimes {
  /** From the address to an answer on the page. */
  readonly ready: number;
  /** From another drawing to its answer. */
  readonly answer: number;
  readonly firstProof: number;
  readonly proof: number;
  readonly firstCheck: number;
  readonly check: number;
  /** The longest task of the page's main thread while it proves and checks, first and second time; 0 under 50. */
  readonly longestTask: number;
}

export async function walkPath(browser: Browser, url: string): Promise<PathTimes> {
  const context = await browser.newContext();
  const began = performance.now();
  const visitor = await Visitor.arrives(context, url, async (page) => {
    await page.addInitScript(watchTasks);
  });
  await visitor.answer();
  const ready = performance.now() - began;
  const { page } = visitor;
  // The service worker installs, and the network is opened: neither is part of what a visitor waits for here.
  await visitor.isInstalled();
  await page.waitForTimeout(10_000);
  await page.evaluate(() => window.longTasks.splice(0));

  const first = await timedProof(visitor);
  await page.getByRole('button', { name: 'Draw again', exact: true }).click();
  await page.getByRole('button', { name: 'Another sample', exact: true }).click();
  await visitor.answer();
  const [, answer = 'NaN'] = /in (\d+) ms/.exec(await page.getByTestId('try').innerText()) ?? [];
  const second = await timedProof(visitor);
  const longestTask = Math.max(0, ...(await page.evaluate(() => window.longTasks)));
  await context.close();
  return { ready, answer: Number(answer), firstProof: first.proof, proof: second.proof, firstCheck: first.check, check: second.check, longestTask };
}

async function timedProof(visitor: Visitor): Promise<{ readonly proof: number; readonly check: number }> {
  const began = performance.now();
  await visitor.proves();
  const proof = performance.now() - began;
  const [, check = 'NaN'] = /checked in (\d+) ms/.exec(await visitor.page.getByTestId('try').innerText()) ?? [];
  return { proof, check: Number(check) };
}

declare global {
  interface Window {
    longTasks: number[];
  }
}

/** Runs in the page, before its own code. */
function watchTasks(): void {
  window.longTasks = [];
  const observer = new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ type: 'longtask', buffered: true });
}
