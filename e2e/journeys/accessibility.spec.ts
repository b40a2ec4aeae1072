/** Every page, at rest and after work, passes axe's rules in light and dark, and nothing scrolls sideways on a small phone. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../fixtures/journey.ts';
import { shellWords } from '../../messages/en/shell.ts';

const PLACES = Object.keys(shellWords.nav) as (keyof typeof shellWords.nav)[];

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every page can be used by everyone, ${colorScheme}`, async ({ volunteer }) => {
    await volunteer.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const place of PLACES) {
      await volunteer.goesTo(place);
      const { violations } = await new AxeBuilder({ page: volunteer.page }).analyze();
      expect(violations.map(({ id, nodes }) => `${place}: ${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([]);
    }
  });
}

test('nothing scrolls sideways at 320 pixels', async ({ volunteer }) => {
  await volunteer.page.setViewportSize({ width: 320, height: 800 });
  for (const place of PLACES) {
    await volunteer.goesTo(place);
    expect(await volunteer.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  }
});
