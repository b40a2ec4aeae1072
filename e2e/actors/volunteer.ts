/** A person who lends a browser tab: opens the page, presses the one button, watches, stops, comes back, keeps a receipt. */
import { readFile } from 'node:fs/promises';
import type { BrowserContext, CDPSession, Locator, Page } from 'playwright';
import { contributeWords } from '../../messages/en/contribute.ts';
import { shellWords } from '../../messages/en/shell.ts';
import { verifyWords } from '../../messages/en/verify.ts';
import type { JobStep } from '../../src/protocol/job-report.ts';
import { damageStoredFiles, dumpDisk, type Disk } from '../fixtures/disk.ts';
import { tapWire, type WireTap } from '../fixtures/wire-tap.ts';

export type Place = keyof typeof shellWords.nav;

export class Volunteer {
  readonly browser: BrowserContext;
  #page: Page;
  readonly #url: string;
  /** An override lasts as long as the session that made it. */
  #quota: CDPSession | null = null;

  private constructor(browser: BrowserContext, page: Page, url: string) {
    this.browser = browser;
    this.#page = page;
    this.#url = url;
  }

  /**
   * With a browser profile of their own; one profile given twice is two tabs of the same browser.
   * @param before what is true of the browser before the page opens
   */
  static async arrives(browser: BrowserContext, url: string, before?: (volunteer: Volunteer) => Promise<void>): Promise<Volunteer> {
    const page = await browser.newPage();
    const contribute = new URL('#/contribute', url).href;
    const volunteer = new Volunteer(browser, page, contribute);
    await before?.(volunteer);
    await page.goto(contribute);
    return volunteer;
  }

  get page(): Page {
    return this.#page;
  }

  async opensAnotherTab(): Promise<Volunteer> {
    return Volunteer.arrives(this.browser, this.#url);
  }

  async contributes(): Promise<void> {
    await this.#page.getByRole('button', { name: contributeWords.action, exact: true }).click();
  }

  async stops(): Promise<void> {
    await this.#page.getByRole('button', { name: shellWords.meter.stop, exact: true }).first().click();
    await this.#page.locator('[data-testid="contribute-state"][data-working="false"]').waitFor({ timeout: SOON_MS });
  }

  /** At least this many units since Contribute was pressed. */
  async isPaid(units = 1): Promise<void> {
    await this.#payments()
      .nth(units - 1)
      .waitFor({ timeout: PATIENCE_MS });
  }

  /** The unit at work has reached this step, or is past it. */
  async reaches(step: JobStep): Promise<void> {
    await this.#page.locator(`[data-step="${step}"]:not([data-state="todo"])`).waitFor({ timeout: PATIENCE_MS });
  }

  async waitsFor(what: 'chain' | 'relay' | 'custodian' | 'peers' | 'other-tab' | 'work' | 'sponsor'): Promise<void> {
    await this.#page.locator(`[data-testid="contribute-state"][data-waiting-on="${what}"]`).waitFor({ timeout: PATIENCE_MS });
  }

  /** The work ended without payment, and this is what the page says of it. */
  async fails(happened: string): Promise<void> {
    await this.#page.getByTestId('failure').filter({ hasText: happened }).waitFor({ timeout: PATIENCE_MS });
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.#page.getByText(text).first().waitFor({ timeout: SOON_MS });
  }

  /** The newest payment's receipt, as the file that the button saves. */
  async savesReceipt(payment = 0): Promise<Uint8Array> {
    const download = this.#page.waitForEvent('download');
    await this.#payments().nth(payment).getByRole('button', { name: contributeWords.saveReceipt }).click();
    return readFile(await (await download).path());
  }

  async goesTo(place: Place): Promise<void> {
    const link = this.#page.getByRole('link', { name: shellWords.nav[place], exact: true }).filter({ visible: true }).first();
    await link.click();
    // The page that was left has a heading too: the link says which one is shown.
    await link.and(this.#page.locator('[aria-current="page"]')).waitFor({ timeout: SOON_MS });
    await this.#page.getByRole('heading', { level: 1 }).waitFor();
  }

  /** Gives a file to the page that checks receipts, and reads its verdict. */
  async checks(name: string, receipt: Uint8Array): Promise<string> {
    const another = this.#page.getByRole('button', { name: verifyWords.another, exact: true });
    if (await another.isVisible()) await another.click();
    await this.#page.getByLabel(verifyWords.choose).setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(receipt) });
    return (await this.#page.locator('[data-testid="verdict"]').getAttribute('data-verdict', { timeout: SOON_MS })) ?? '';
  }

  async closesTheTab(): Promise<void> {
    await this.#page.close();
  }

  /** The tab dies as in a crash: nothing of it runs any more. */
  async losesTheTab(): Promise<void> {
    const crashed = this.#page.waitForEvent('crash');
    const session = await this.#session();
    session.send('Page.crash').catch(() => undefined);
    await crashed;
    await this.#page.close();
  }

  async comesBack(): Promise<void> {
    this.#page = await this.browser.newPage();
    await this.#page.goto(this.#url);
  }

  async reloads(): Promise<void> {
    await this.#page.reload();
  }

  async goesOffline(): Promise<void> {
    await this.browser.setOffline(true);
  }

  /** The service worker has the page, so that it opens without a network. */
  async isInstalled(): Promise<void> {
    await this.#page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: PATIENCE_MS });
    await this.#page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
  }

  /** What keeps the browser from offering to install the page, besides that test profiles are private windows. */
  async installabilityErrors(): Promise<readonly string[]> {
    const session = await this.#session();
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    return installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito');
  }

  /** The page has made its account, or found it again; in full. It is shown where nothing is at work yet. */
  async account(): Promise<string> {
    const shown = this.#page.getByTestId('account').filter({ hasText: /^0x/ });
    return (await shown.getAttribute('title', { timeout: SOON_MS })) ?? '';
  }

  /** What the disk takes. Chromium's estimate does not show it: that always leaves 10 GiB, so as to tell devices less apart. */
  async hasRoomFor(bytes: number): Promise<void> {
    this.#quota ??= await this.#session();
    await this.#quota.send('Storage.overrideQuotaForOrigin', { origin: new URL(this.#url).origin, quotaSize: bytes });
  }

  /** A browser of some years ago, from the next load on. */
  async lacksX25519(): Promise<void> {
    await this.#page.addInitScript(() => {
      const generateKey = crypto.subtle.generateKey.bind(crypto.subtle) as (...args: readonly unknown[]) => Promise<CryptoKeyPair>;
      crypto.subtle.generateKey = (async (algorithm: { readonly name: string }, ...rest: readonly unknown[]) => {
        if (algorithm.name === 'X25519') throw new DOMException('Unrecognized name.', 'NotSupportedError');
        return generateKey(algorithm, ...rest);
      }) as typeof crypto.subtle.generateKey;
    });
  }

  /** What the browser's estimate says, from the next load on; loads the page. */
  async isToldOfRoomFor(bytes: number): Promise<void> {
    await this.#page.addInitScript((quota) => {
      navigator.storage.estimate = () => Promise.resolve({ quota, usage: 0 });
    }, bytes);
    await this.#page.reload();
  }

  /** Every file that a mirror sends the page from now on. */
  downloads(): readonly { readonly url: string; readonly bytes: number }[] {
    const received: { readonly url: string; readonly bytes: number }[] = [];
    this.#page.on('response', (response) => {
      if (response.url().includes('/blobs/')) received.push({ url: response.url(), bytes: Number(response.headers()['content-length']) });
    });
    return received;
  }

  /** Everything that leaves the page from its next load on; loads it. */
  async isListenedTo(): Promise<WireTap> {
    return tapWire(this.#page);
  }

  async diskDump(): Promise<Disk> {
    return dumpDisk(this.#page);
  }

  /** Flips a bit in every file that is stored by hash, and tells how many there were. */
  async damagesStoredFiles(): Promise<number> {
    return damageStoredFiles(this.#page);
  }

  /** The scripts of the workers that run now, as the browser knows them: they may belong to workers themselves. */
  async threads(): Promise<readonly string[]> {
    const inPage = await this.#session();
    const { targetInfo } = await inPage.send('Target.getTargetInfo');
    await inPage.detach();
    const browser = this.browser.browser();
    if (!browser) throw new Error('this browser was not started here');
    const session = await browser.newBrowserCDPSession();
    const { targetInfos } = await session.send('Target.getTargets', { filter: [{ type: 'worker' }] });
    await session.detach();
    return targetInfos.filter(({ browserContextId }) => browserContextId === targetInfo.browserContextId).map(({ url }) => url);
  }

  /** What this tab is called in the network. */
  async peer(): Promise<string> {
    const named = this.#page.locator('[data-testid="traffic"][data-peer]');
    return (await named.getAttribute('data-peer', { timeout: SOON_MS })) ?? '';
  }

  /** Where this unit's sealed shard came from. */
  async shardSource(): Promise<{ readonly peer: string; readonly direct: boolean }> {
    const row = this.#page.locator('[data-testid="traffic"] [data-what="shard"]');
    return { peer: (await row.getAttribute('data-from')) ?? '', direct: (await row.getAttribute('data-direct')) === 'true' };
  }

  /** What the page tells of the proof of the unit at work. */
  async proofFacts(): Promise<{ readonly constraints: number; readonly proveSeconds: number }> {
    const text = (await this.#page.locator('[data-step="prove"]').textContent()) ?? '';
    const [, constraints] = /([\d,]+) constraints/.exec(text) ?? [];
    const [, minutes, seconds] = /(?:(\d+) min )?([\d.]+) s\s*$/.exec(text.trim()) ?? [];
    if (constraints === undefined || seconds === undefined) throw new Error(`the page tells no facts of the proof: ${text}`);
    return { constraints: Number(constraints.replaceAll(',', '')), proveSeconds: Number(minutes ?? 0) * 60 + Number(seconds) };
  }

  /** What the page counts as sent to other peers, in words. */
  async servedBytes(): Promise<string> {
    return (
      (await this.#page.locator('[data-testid="traffic"] div', { hasText: contributeWords.trafficOut.served }).locator('dd').textContent()) ?? ''
    );
  }

  #payments(): Locator {
    return this.#page.locator('[data-testid="payment"]');
  }

  #session(): Promise<CDPSession> {
    return this.browser.newCDPSession(this.#page);
  }
}

/** Two cores that also run the network need a while for a proof. */
const PATIENCE_MS = 120_000;
const SOON_MS = 30_000;
