/** A tab may vanish between any two steps, or have a twin: no unit is settled twice, no finished work is lost. */
import { JOB_STEPS } from '../../src/protocol/job-report.ts';
import { expect, test } from '../fixtures/journey.ts';

for (const step of JOB_STEPS.slice(1)) {
  test(`a tab killed when it reaches ${step} goes on where it was, and is paid once`, async ({ volunteer, chain }) => {
    const before = (await chain.settlements()).length;
    await volunteer.contributes();
    await volunteer.reaches(step);
    await volunteer.losesTheTab();
    await volunteer.comesBack();
    await volunteer.isPaid();
    await volunteer.stops();
    const settled = (await chain.settlements()).slice(before);
    expect(new Set(settled.map(({ unit }) => unit)).size).toBe(settled.length);
    expect(settled.length).toBeGreaterThanOrEqual(1);
  });
}

test('of two tabs of one browser one works; the other says so and takes over when the first closes', async ({ volunteer }) => {
  await volunteer.contributes();
  await volunteer.reaches('fetch');
  const other = await volunteer.opensAnotherTab();
  await other.contributes();
  await other.waitsFor('other-tab');
  await other.sees('Another tab is working');
  await volunteer.closesTheTab();
  await other.isPaid();
});
