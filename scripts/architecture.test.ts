/** Plants one violation of each rule of the floor plan in a copy of the tree and sees each caught, so that no rule is a decoration. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import extractRules from 'dependency-cruiser/config-utl/extract-depcruise-config';
import { ESLint, Linter } from 'eslint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { floorPlanBreaches, type Breach } from './architecture.ts';

const root = path.resolve(import.meta.dirname, '..');

/** Files to plant, by the rule that must catch the first of them. */
const PLANTS: Record<string, Record<string, string>> = {
  'no-circles': {
    'src/job/planted-egg.ts': "import { hen } from './planted-hen.ts';\nexport const egg = () => hen;",
    'src/job/planted-hen.ts': "import { egg } from './planted-egg.ts';\nexport const hen = () => egg;",
  },
  'no-unresolved': { 'src/job/planted-lost.ts': "import './planted-nowhere.ts';" },
  'protocol-stands-alone': {
    'src/protocol/planted-high.ts': "import '../model/planted-graph.ts';",
    'src/model/planted-graph.ts': 'export const graph = 1;',
  },
  'protocol-does-no-io': { 'src/protocol/planted-reader.ts': "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;" },
  'model-sees-protocol': {
    'src/model/planted-caller.ts': "import '../execution/planted-engine.ts';",
    'src/execution/planted-engine.ts': 'export const engine = 1;',
  },
  'layers-see-doors': {
    'src/network/planted-network.ts': "import type { planted } from '../storage/planted-store.ts';\nexport type Planted = typeof planted;",
    'src/storage/planted-store.ts': 'export const planted = 1;',
  },
  'roles-see-doors': {
    'src/marketplace/planted-role.ts': "import '../consensus/planted-chain.ts';",
    'src/consensus/planted-chain.ts': 'export const chain = 1;',
  },
  'job-sees-roles-and-doors': {
    'src/job/planted-journey.ts': "import '../proof/planted-proof.ts';",
    'src/proof/planted-proof.ts': 'export const proof = 1;',
  },
  'tests-look-down': {
    'src/identity/planted.test.ts': "import '../app/planted-state.ts';",
    'src/app/planted-state.ts': 'export const state = 1;',
  },
  'only-compose-names-implementations': {
    'src/app/planted-shortcut.ts': "import '../identity/planted-account.ts';",
    'src/identity/planted-account.ts': 'export const account = 1;',
  },
  'kernels-stand-alone': { 'kernels/planted-kernel.ts': "import '../src/protocol/planted-high.ts';" },
  'app-does-not-see-ui': { 'src/app/planted-screen.ts': "import '../ui/planted-page.ts';", 'src/ui/planted-page.ts': 'export const page = 1;' },
  'ui-sees-app-and-protocol': {
    'src/ui/Planted.svelte': '<script lang="ts">\n  import { deep } from \'../job/planted-deep.ts\';\n</script>\n\n{deep}\n',
    'src/job/planted-deep.ts': 'export const deep = 1;',
  },
  'nobody-imports-workers': {
    'devnet/planted-devnet.ts': "import type { entry } from '../workers/planted-entry.ts';\nexport type Entry = typeof entry;",
    'workers/planted-entry.ts': 'export const entry = 1;',
  },
  'only-threads-wraps-workers': { 'src/job/planted-wrapper.ts': "import { wrap } from 'comlink';\nexport const wrapped = wrap;" },
  'src-stands-alone': {
    'src/marketplace/planted-driver.ts': "import '../../scripts/planted-script.ts';",
    'scripts/planted-script.ts': 'export const script = 1;',
  },
  'second-ways-in-skip-the-app': {
    'workers/planted-worker.ts': "import '../src/app/planted-app.ts';",
    'src/app/planted-app.ts': 'export const app = 1;',
  },
  'tests-are-leaves': {
    'src/job/planted-borrower.ts': "import { fixture } from './planted-fixture.test.ts';\nexport const borrowed = fixture;",
    'src/job/planted-fixture.test.ts': 'export const fixture = 1;',
  },
  'ships-no-tools': { 'bin/planted-tool.ts': "import { it } from 'vitest';\nexport const tool = it;" },
  'only-threads-opens-workers': {
    'src/job/planted-opener.ts': "export const open = () => new Worker(new URL('./planted-thread.ts', import.meta.url));",
  },
  'no-empty-names': { 'src/job/planted/helpers.ts': 'export const help = 1;' },
};

describe('the floor plan', () => {
  let copy = '';
  let breaches: readonly Breach[] = [];

  beforeAll(async () => {
    copy = mkdtempSync(path.join(tmpdir(), 'prooftab-floor-plan-'));
    for (const name of ['src', 'workers', 'devnet', 'bin', 'scripts', 'messages', '.dependency-cruiser.cjs', 'package.json', 'tsconfig.json'])
      if (existsSync(path.join(root, name))) cpSync(path.join(root, name), path.join(copy, name), { recursive: true });
    symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
    for (const [file, text] of Object.values(PLANTS).flatMap((plant) => Object.entries(plant))) {
      mkdirSync(path.dirname(path.join(copy, file)), { recursive: true });
      writeFileSync(path.join(copy, file), text);
    }
    mkdirSync(path.join(copy, 'src/federated'), { recursive: true });
    writeFileSync(path.join(copy, 'src/federated/planted-neighbour.ts'), "import '../marketplace/planted-role.ts';");
    writeFileSync(
      path.join(copy, 'src/ui/PlantedType.svelte'),
      '<script lang="ts">\n  import type { deep } from \'../job/planted-deep.ts\';\n</script>\n',
    );
    breaches = await floorPlanBreaches(copy);
  });

  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it.each(Object.entries(PLANTS))('%s catches a planted violation', (rule, plant) => {
    expect(breaches).toContainEqual(expect.objectContaining({ rule, from: Object.keys(plant)[0] }));
  });

  it('sees a role that calls another role', () => {
    expect(breaches).toContainEqual({
      rule: 'roles-see-doors',
      from: 'src/federated/planted-neighbour.ts',
      to: 'src/marketplace/planted-role.ts',
      why: expect.stringContaining('unaware of each other') as string,
    });
  });

  it('sees a screen that imports only a type', () => {
    expect(breaches).toContainEqual(expect.objectContaining({ rule: 'ui-sees-app-and-protocol', from: 'src/ui/PlantedType.svelte' }));
  });

  it('has a plant for every rule', async () => {
    const { forbidden = [] } = await extractRules(path.join(root, '.dependency-cruiser.cjs'));
    expect(Object.keys(PLANTS)).toEqual(expect.arrayContaining(forbidden.map((rule) => rule.name)));
  });

  it('lets the planted doors and twins pass that the rules allow', () => {
    const allowed = ['src/storage/planted-store.ts', 'src/app/planted-state.ts', 'workers/planted-entry.ts', 'src/ui/planted-page.ts'];
    expect(breaches.filter(({ from }) => allowed.includes(from))).toEqual([]);
  });

  it.each([
    'fetch("/")',
    'indexedDB.open("a")',
    'new WebSocket("ws://a")',
    'navigator.onLine',
    'localStorage.a',
    'window.open()',
    'document.title',
    'globalThis.fetch("/")',
  ])('lets nothing in the ground reach outside: %s', async (io) => {
    const linter = new ESLint({ cwd: root });
    const rulesFor = async (file: string) => {
      const { rules } = (await linter.calculateConfigForFile(file)) as Linter.Config;
      return { 'no-restricted-globals': rules?.['no-restricted-globals'] ?? 'off' } as const;
    };
    const found = async (file: string, code: string) => new Linter().verify(code, { rules: await rulesFor(file) }).map(({ message }) => message);
    expect(await found('src/protocol/planted-reader.ts', `export const read = () => ${io};`)).toEqual([expect.stringContaining('does no I/O')]);
    expect(await found('src/protocol/planted-digest.ts', 'export const digest = (a) => crypto.subtle.digest("SHA-256", a);')).toEqual([]);
    expect(await found('src/app/planted-page.ts', `export const read = () => ${io};`)).toEqual([]);
  });

  it('holds in this tree', async () => {
    expect(await floorPlanBreaches(root)).toEqual([]);
  });
});
