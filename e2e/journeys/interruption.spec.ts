/** A tab may vanish between any two steps, or have a twin: no unit is settled twice, no finished work is lost. */
import { JOB_STEPS } from '../../src/protocol/job-report.ts';
import { expect, test } from '../fixtures/journey.ts';

for (const step of JOB_STEPS.slice(1)) {
  test(`a tab killed when it reaches ${step} goes on where it was, and is paid once`, async ({ volunteer, chain }) => {
    const account = await volunteer.account();
    await volunteer.contributes();
    await volunteer.reaches(step);
    const [begun] = await chain.claimsOf(account);
    await volunteer.losesTheTab();
    await volunteer.comesBack();
    await volunteer.isPaid();
    await volunteer.stops();
    const settled = (await chain.settlementsTo(account)).map(({ unit }) => unit);
    expect(settled[0]).toBe(begun?.unit);
    expect(new Set(settled).size).toBe(settled.length);
    const claimed = (await chain.claimsOf(account)).map(({ unit }) => unit);
    expect(new Set(claimed).size).toBe(claimed.length);
  });
}

test('a tab killed with its proof on the way delivers that very proof when it comes back', async ({ arrives, chain, sponsor }) => {
  const delivery = sponsor.holdsDeliveries();
  const volunteer = await arrives(delivery.of);
  const account = await volunteer.account();
  await volunteer.contributes();
  const calldata = await delivery.calldata;
  await volunteer.losesTheTab();
  await volunteer.comesBack();
  await volunteer.isPaid();
  const [paid] = await chain.settlementsTo(account);
  // No two proofs of the same statement are alike.
  expect(paid?.calldata).toBe(calldata);
});

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
