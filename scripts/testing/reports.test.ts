/** The count at the end of a test run is only as honest as the reading of each runner's report. */
import { describe, expect, it } from 'vitest';
import { forgeTests, playwrightTests, textToMilliseconds, vitestTests } from './reports.ts';

describe('vitest', () => {
  const file = (status: string, assertionResults: readonly object[]) =>
    JSON.stringify({ testResults: [{ name: '/repo/src/a.test.ts', status, assertionResults }] });

  it('lists each test with its time', () => {
    const json = file('failed', [
      { fullName: 'adds', status: 'passed', duration: 12 },
      { fullName: 'refuses', status: 'failed', duration: 3 },
    ]);
    expect(vitestTests(json, '/repo')).toEqual([
      { runner: 'vitest', name: 'src/a.test.ts › adds', passed: true, milliseconds: 12 },
      { runner: 'vitest', name: 'src/a.test.ts › refuses', passed: false, milliseconds: 3 },
    ]);
  });

  it('counts a file that broke before its tests as a failure', () => {
    expect(vitestTests(file('failed', []), '/repo')).toEqual([{ runner: 'vitest', name: 'src/a.test.ts', passed: false, milliseconds: 0 }]);
  });
});

describe('forge', () => {
  it('reads successes, failures and both forms of a duration', () => {
    const json = JSON.stringify({
      'contracts/Market.t.sol:MarketTest': {
        test_results: {
          'test_pays()': { status: 'Success', duration: '1s 500ms' },
          'test_refuses()': { status: 'Failure', duration: { secs: 0, nanos: 2_000_000 } },
        },
      },
    });
    expect(forgeTests(json)).toEqual([
      { runner: 'forge', name: 'contracts/Market.t.sol:MarketTest › test_pays()', passed: true, milliseconds: 1500 },
      { runner: 'forge', name: 'contracts/Market.t.sol:MarketTest › test_refuses()', passed: false, milliseconds: 2 },
    ]);
  });

  it('reads durations down to nanoseconds', () => {
    expect(textToMilliseconds('1m 2s 30ms')).toBe(62_030);
    expect(textToMilliseconds('250µs')).toBe(0.25);
  });
});

describe('playwright', () => {
  const spec = (status: string, durations: readonly number[]) => ({
    title: 'contributes',
    tests: [{ projectName: 'chromium', status, results: durations.map((duration) => ({ duration })) }],
  });

  it('walks nested suites and adds up attempts', () => {
    const json = JSON.stringify({
      suites: [{ title: 'volunteer.spec.ts', suites: [{ title: 'a stranger', specs: [spec('expected', [900])] }], specs: [] }],
    });
    expect(playwrightTests(json)).toEqual([
      { runner: 'playwright', name: 'volunteer.spec.ts › a stranger › contributes', passed: true, milliseconds: 900 },
    ]);
  });

  it('counts a test that passed only on a second try as failed', () => {
    const json = JSON.stringify({ suites: [{ title: 'v.spec.ts', specs: [spec('flaky', [100, 200])] }] });
    expect(playwrightTests(json)).toMatchObject([{ passed: false, milliseconds: 300 }]);
  });

  it('counts an error outside any test as a failure', () => {
    expect(playwrightTests(JSON.stringify({ suites: [], errors: [{ message: 'no server\nat x' }] }))).toMatchObject([
      { name: 'outside any test: no server', passed: false },
    ]);
  });
});
