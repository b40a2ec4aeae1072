/** Somebody with one minute: draws, proves, breaks it, and passes it on. */
import type { BrowserContext, Locator, Page } from 'playwright';
import { shellWords } from '../../messages/en/shell.ts';
import { tryWords } from '../../messages/en/try.ts';
import type { Change } from '../../src/app/demonstration-desk.ts';
import { tapWire, type WireTap } from '../fixtures/wire-tap.ts';

const MODULE = 4;

interface Photograph {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export class Visitor {
  readonly browser: BrowserContext;
  readonly page: Page;

  private constructor(browser: BrowserContext, page: Page) {
    this.browser = browser;
    this.page = page;
  }

  /** @param before what is true of the page before it opens */
  static async arrives(browser: BrowserContext, url: string, before?: (page: Page) => Promise<void>): Promise<Visitor> {
    const page = await browser.newPage();
    await before?.(page);
    await page.goto(url);
    return new Visitor(browser, page);
  }

  /** Everything that leaves the page from its next load on; loads it. */
  async isListenedTo(): Promise<WireTap> {
    return tapWire(this.page);
  }

  /** With the mouse, through points in hundredths of the pad. */
  async draws(points: readonly (readonly [number, number])[]): Promise<void> {
    await this.#button(tryWords.clear).click();
    const box = await this.page.getByTestId('drawing').boundingBox();
    if (!box) throw new Error('there is no pad');
    const at = ([x, y]: readonly [number, number]) => [box.x + (x / 100) * box.width, box.y + (y / 100) * box.height] as const;
    const [first, ...rest] = points;
    await this.page.mouse.move(...at(first));
    await this.page.mouse.down();
    for (const point of rest) await this.page.mouse.move(...at(point), { steps: 8 });
    await this.page.mouse.up();
  }

  async answer(): Promise<number> {
    const shown = this.page.getByTestId('answer').filter({ hasText: /^\d$/ });
    return Number(await shown.textContent());
  }

  /** What the model sees, as the page draws it. */
  async pixels(): Promise<Uint8Array> {
    const inked = await this.page
      .getByRole('img', { name: tryWords.pixelsName })
      .locator('rect')
      .evaluateAll((squares) => squares.map((square) => ['x', 'y', 'opacity'].map((name) => Number(square.getAttribute(name)))));
    const pixels = new Uint8Array(784);
    for (const [x, y, opacity] of inked) pixels[28 * y + x] = Math.round(255 * opacity);
    return pixels;
  }

  async proves(): Promise<void> {
    await this.#button(tryWords.prove).click();
    await this.#receipt().waitFor();
  }

  async beginsToProve(): Promise<void> {
    await this.#button(tryWords.prove).click();
    await this.page.locator('[data-testid="try"][data-phase="proving"]').waitFor();
  }

  async stops(): Promise<void> {
    await this.#button(tryWords.stop).click();
    await this.page.locator('[data-testid="try"][data-phase="drawing"]').waitFor();
  }

  async changes(what: Change): Promise<void> {
    await this.#button(tryWords.changes[what]).click();
    await this.#receipt('false').waitFor();
  }

  async putsItBack(): Promise<void> {
    await this.#button(tryWords.putBack).click();
    await this.#receipt('true').waitFor();
  }

  /** Each check with its state, in order. */
  async checks(): Promise<readonly string[]> {
    const parts = this.page.locator('[data-part]');
    return parts.evaluateAll((rows) => rows.map((row) => `${row.getAttribute('data-part')} ${row.getAttribute('data-state')}`));
  }

  async link(): Promise<string> {
    return (await this.page.getByTestId('receipt-link').getAttribute('href')) ?? '';
  }

  /** The code on the screen, as a camera would take it: four grey-free pixels a module each way, RGBA. */
  async photographsTheCode(): Promise<Photograph> {
    const code = this.page.getByTestId('code');
    const [side, path] = [Number((await code.getAttribute('viewBox'))?.split(' ')[2]), (await code.locator('path').getAttribute('d')) ?? ''];
    const width = side * MODULE;
    const data = new Uint8Array(4 * width * width).fill(255);
    for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h/g)) {
      for (let row = 0; row < MODULE; row++) {
        const start = 4 * ((Number(y) * MODULE + row) * width + Number(x) * MODULE);
        for (let at = 0; at < 4 * MODULE; at++) if (at % 4 !== 3) data[start + at] = 0;
      }
    }
    return { width, height: width, data };
  }

  /** As from another app: the page is loaded anew, and not only sent to another fragment. */
  async opens(link: string): Promise<string> {
    await this.page.goto('about:blank');
    await this.page.goto(link);
    return (await this.page.getByTestId('verdict').getAttribute('data-verdict')) ?? '';
  }

  async isInstalled(): Promise<void> {
    await this.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await this.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  }

  async lends(): Promise<void> {
    await this.#button(tryWords.lendAction(60)).click();
    await this.page.locator('[data-testid="lend"][data-working="true"]').waitFor();
  }

  async privateBytes(): Promise<string> {
    return (await this.page.getByTestId('private-bytes').filter({ visible: true }).textContent()) ?? '';
  }

  async goesTo(place: keyof typeof shellWords.nav): Promise<void> {
    await this.page.getByRole('link', { name: shellWords.nav[place], exact: true }).filter({ visible: true }).first().click();
  }

  #button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  #receipt(holds?: 'true' | 'false'): Locator {
    return this.page.locator(`[data-testid="demonstration"]${holds ? `[data-holds="${holds}"]` : ''}`);
  }
}
