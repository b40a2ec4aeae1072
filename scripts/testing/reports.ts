/** Reads what each test runner wrote into one list of tests: name, passed or not, milliseconds. */

export interface TestRecord {
  readonly runner: string;
  readonly name: string;
  readonly passed: boolean;
  readonly milliseconds: number;
}

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string; readonly duration?: number | null }[];
  }[];
}

/** A file that fails before any of its tests ran counts as one failure. */
export function vitestTests(json: string, root: string): readonly TestRecord[] {
  const report = JSON.parse(json) as VitestReport;
  return report.testResults.flatMap((file) => {
    const where = file.name.replace(`${root}/`, '');
    const tests = file.assertionResults
      .filter(({ status }) => status === 'passed' || status === 'failed')
      .map((test) => ({ runner: 'vitest', name: `${where} › ${test.fullName}`, passed: test.status === 'passed', milliseconds: test.duration ?? 0 }));
    const brokeEarly = file.status === 'failed' && tests.every((test) => test.passed);
    return brokeEarly ? [...tests, { runner: 'vitest', name: where, passed: false, milliseconds: 0 }] : tests;
  });
}

type ForgeReport = Record<
  string,
  {
    readonly test_results: Record<string, { readonly status: string; readonly duration: string | { readonly secs: number; readonly nanos: number } }>;
  }
>;

export function forgeTests(json: string): readonly TestRecord[] {
  const report = JSON.parse(json) as ForgeReport;
  return Object.entries(report).flatMap(([contract, { test_results: tests }]) =>
    Object.entries(tests)
      .filter(([, { status }]) => status !== 'Skipped')
      .map(([name, test]) => ({
        runner: 'forge',
        name: `${contract} › ${name}`,
        passed: test.status === 'Success',
        milliseconds: typeof test.duration === 'string' ? textToMilliseconds(test.duration) : test.duration.secs * 1000 + test.duration.nanos / 1e6,
      })),
  );
}

const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1, µs: 1e-3, us: 1e-3, ns: 1e-6 };

/**
 * Rust's way of printing a duration, in milliseconds.
 * @example
 * textToMilliseconds('1m 2s 30ms') // 62030
 */
export function textToMilliseconds(text: string): number {
  return [...text.matchAll(/([\d.]+)\s*(ms|µs|us|ns|h|m|s)/g)].reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNITS[unit ?? ''] ?? 0), 0);
}

interface PlaywrightSuite {
  readonly title: string;
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs?: readonly {
    readonly title: string;
    readonly tests: readonly { readonly projectName: string; readonly status: string; readonly results: readonly { readonly duration: number }[] }[];
  }[];
}

interface PlaywrightReport {
  readonly suites: readonly PlaywrightSuite[];
  readonly errors?: readonly { readonly message?: string }[];
}

/** A test that passed only when tried again counts as failed: it hides a race. */
export function playwrightTests(json: string): readonly TestRecord[] {
  const report = JSON.parse(json) as PlaywrightReport;
  const within = (suite: PlaywrightSuite, trail: readonly string[]): TestRecord[] => {
    const path = [...trail, suite.title];
    const own = (suite.specs ?? []).flatMap((spec) =>
      spec.tests
        .filter(({ status }) => status !== 'skipped')
        .map((test) => ({
          runner: 'playwright',
          name: [...path, spec.title].join(' › '),
          passed: test.status === 'expected',
          milliseconds: test.results.reduce((sum, { duration }) => sum + duration, 0),
        })),
    );
    return [...own, ...(suite.suites ?? []).flatMap((inner) => within(inner, path))];
  };
  const outside = (report.errors ?? []).map(({ message = '' }) => ({
    runner: 'playwright',
    name: `outside any test: ${message.split('\n')[0] ?? ''}`,
    passed: false,
    milliseconds: 0,
  }));
  return [...report.suites.flatMap((suite) => within(suite, [])), ...outside];
}
