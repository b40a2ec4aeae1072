/** A stranger's machine has any of these browsers, or none: each case ends in a path that runs, or in words that say what to do. */
import { describe, expect, it } from 'vitest';
import { ensureChromium, findChromium, type Machine } from './find-chromium.ts';

const PLAYWRIGHT = '/cache/ms-playwright/chromium/chrome';

interface FakeMachine extends Machine {
  readonly asked: string[];
}

/** A machine where `present` run, and where each install command adds what `installs` says. */
function machine(present: readonly string[], more: { root?: boolean; chosen?: string; installs?: Record<string, string> } = {}): FakeMachine {
  const here = new Set(present);
  const asked: string[] = [];
  return {
    asked,
    chosen: more.chosen,
    playwrightPath: PLAYWRIGHT,
    debianAsRoot: more.root ?? false,
    runs: (path) => here.has(path),
    install(command, args) {
      const line = [command, ...args].join(' ');
      asked.push(line);
      const brought = Object.entries(more.installs ?? {}).find(([start]) => line.startsWith(start))?.[1];
      if (brought !== undefined) here.add(brought);
      return brought !== undefined;
    },
  };
}

describe('finding a Chromium', () => {
  it("takes Playwright's own before the system's", () => {
    expect(findChromium(machine(['/usr/bin/chromium', PLAYWRIGHT]))).toBe(PLAYWRIGHT);
  });

  it.each(['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'])('takes %s where it is the only one', (path) => {
    expect(findChromium(machine([path]))).toBe(path);
  });

  it('takes the one that was chosen, if it runs', () => {
    expect(findChromium(machine(['/opt/chrome', PLAYWRIGHT], { chosen: '/opt/chrome' }))).toBe('/opt/chrome');
    expect(findChromium(machine([PLAYWRIGHT], { chosen: '/opt/gone' }))).toBe(PLAYWRIGHT);
  });

  it('installs nothing where one runs', () => {
    const here = machine(['/usr/bin/chromium'], { root: true });
    expect(ensureChromium(here)).toEqual({ ok: true, value: '/usr/bin/chromium' });
    expect(here.asked).toEqual([]);
  });

  it('installs through Playwright where none runs', () => {
    const bare = machine([], { installs: { 'npx playwright install chromium': PLAYWRIGHT } });
    expect(ensureChromium(bare)).toEqual({ ok: true, value: PLAYWRIGHT });
  });

  it('falls back to apt on Debian as root, after fetching the package lists', () => {
    const debian = machine([], { root: true, installs: { 'apt-get update': '-', 'apt-get install': '/usr/bin/chromium' } });
    expect(ensureChromium(debian)).toEqual({ ok: true, value: '/usr/bin/chromium' });
    expect(debian.asked).toEqual([
      'npx playwright install --with-deps chromium',
      'apt-get update',
      'apt-get install --yes --no-install-recommends chromium',
    ]);
  });

  it('never calls apt without being root', () => {
    const guest = machine([]);
    ensureChromium(guest);
    expect(guest.asked.filter((line) => line.startsWith('apt'))).toEqual([]);
  });

  it('says plainly what to do where nothing helps', () => {
    const answer = ensureChromium(machine([], { root: true }));
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'no-chromium' } });
    expect(JSON.stringify(answer)).toContain('npx playwright install --with-deps chromium');
  });
});
