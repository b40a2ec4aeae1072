/** Every page and state passes axe's rules in light and dark, and nothing scrolls sideways on a small phone. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright';
import { shellWords } from '../../messages/en/shell.ts';
import { withAnotherAnswer } from '../fixtures/changed-link.ts';
import { expect, test } from '../fixtures/journey.ts';

const PLACES = Object.keys(shellWords.nav) as (keyof typeof shellWords.nav)[];

async function violations(page: Page, where: string): Promise<readonly string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.map(({ id, nodes }) => `${where}: ${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

const fits = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every page can be used by everyone, ${colorScheme}`, async ({ volunteer }) => {
    await volunteer.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const place of PLACES) {
      await volunteer.goesTo(place);
      expect(await violations(volunteer.page, place)).toEqual([]);
    }
  });

  test(`every state of the first minute can be used by everyone, ${colorScheme}`, async ({ visitor }) => {
    const { page } = visitor;
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await visitor.answer();
    expect(await violations(page, 'answered')).toEqual([]);
    await visitor.proves();
    expect(await violations(page, 'sealed')).toEqual([]);
    const link = await visitor.link();
    await visitor.changes('answer');
    expect(await violations(page, 'broken')).toEqual([]);
    await visitor.opens(link);
    expect(await violations(page, 'verified')).toEqual([]);
    await visitor.opens(withAnotherAnswer(link));
    expect(await violations(page, 'verified and broken')).toEqual([]);
  });
}

test('nothing scrolls sideways at 320 pixels', async ({ volunteer }) => {
  await volunteer.page.setViewportSize({ width: 320, height: 800 });
  for (const place of PLACES) {
    await volunteer.goesTo(place);
    expect(await fits(volunteer.page)).toBe(true);
  }
});

test('the first minute does not scroll sideways at 320 pixels, nor is it lost on a wall of 4K', async ({ visitor }) => {
  for (const [width, height] of [
    [320, 800],
    [3840, 2160],
  ]) {
    await visitor.page.setViewportSize({ width, height });
    await visitor.page.reload();
    await visitor.answer();
    expect(await fits(visitor.page)).toBe(true);
    await visitor.proves();
    expect(await fits(visitor.page)).toBe(true);
    await visitor.changes('pixel');
    expect(await fits(visitor.page)).toBe(true);
  }
});
